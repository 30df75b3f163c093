// §7, §12: small signed files whose signer is known: statements of a Kreis, new keys, offers and replies.
import * as json from './json.mjs'
import { deskId, identityDigest, publicOf, raw } from './keys.mjs'
import { BODIES, STATEMENTS } from './kinds.mjs'
import { outside, verify } from './outside.mjs'
import { hex } from './bytes.mjs'
import { must, Refusal } from './refusal.mjs'

const MIB = 1024 * 1024

/** Return a clear file of `kind` and what it says; who signed it is not looked at. */
export function unproven(file, kind, shape = STATEMENTS[kind]) {
  const found = outside(file)
  must(found.fields.kind === kind && found.fields.suite === 2, 'E104')
  must(found.body.length <= MIB, 'E601')
  return { ...found, said: json.read(found.body, shape) }
}

/** Return what `signer` says in a clear file of `kind`, and the file's digest. */
export function statement(file, kind, signer) {
  const found = unproven(file, kind)
  return { said: found.said, body: found.body, digest: verify(found, signer.signing) }
}

/** Return what a Kreis says of its keys, by its root. */
export function kreisKeys(file, root) {
  const { said, ...more } = statement(file, 'kreiskeys', root)
  must(said.root === hex(identityDigest(root)), 'E202')
  return { said, ...more }
}

/** Refuse a card that `root` does not vouch for on `day`. */
export function checkCard(card, root, day) {
  const desk = publicOf(card.identity)
  const { said, keys } = vouched(raw(card.certificate), root)
  must(said.desk_digest === hex(identityDigest(desk)), 'E201')
  must(!(keys && kreisKeys(raw(keys), root).said.revoked.includes(deskId(desk))), 'E203')
  must(day <= said.not_after, 'E207')
}

function vouched(file, root) {
  const found = unproven(file, 'certificate', BODIES.certificate.shape)
  try {
    verify(found, root.signing)
  } catch (fault) {
    throw fault instanceof Refusal && fault.code === 'E202' ? new Refusal('E206') : fault
  }
  return { said: found.said, keys: found.fields.keys }
}

/** Refuse new keys that the `present` ones do not endorse. */
export function checkEndorsed(request, present) {
  try {
    const { said } = statement(raw(request.endorsement ?? ''), 'rotation', present)
    must(said.digest === hex(identityDigest(publicOf(request.identity))), 'E215')
  } catch (fault) {
    throw fault instanceof Refusal && ['E201', 'E202'].includes(fault.code) ? new Refusal('E215') : fault
  }
}
