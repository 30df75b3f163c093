// §9: the order of checks, from the outside to the sections.
import * as json from './json.mjs'
import { hex } from './bytes.mjs'
import { fingerprint, identityDigest, keyId, publicOf, signingDigest } from './keys.mjs'
import { BODIES, MANIFESTS } from './kinds.mjs'
import { frames } from './frames.mjs'
import { outside, verify } from './outside.mjs'
import { checkPassage } from './passing.mjs'
import { must } from './refusal.mjs'
import { unseal } from './sealed.mjs'
import { checkAnnounced, checkRows, content } from './sections.mjs'
import { checkCard, checkEndorsed, kreisKeys, unproven } from './statements.mjs'

const MIB = 1024 * 1024

/**
 * Open a sealed file (suite 1) of `kind`. `reader`: private identity; `senders`: public identities that are known;
 * `revoked`: those of them that no longer count; `offered`: the digest of an offer the reader has made.
 */
export function openSealed(file, kind, { reader, senders, revoked, offered }) {
  const found = outside(file)
  must(found.fields.kind === kind && found.fields.suite === 1, 'E104')
  const is = identity => keyId(signingDigest(identity.signing)) === found.fields.sender
  const sender = senders.find(is)
  must(sender !== undefined, 'E202')
  must(!revoked.some(is), 'E203')
  const digest = verify(found, sender.signing)
  const inside = frames(unseal(found, sender.signing, reader))
  must(inside.manifest.length <= MIB, 'E601')
  const manifest = json.read(inside.manifest, MANIFESTS[kind])
  must((manifest.crit ?? []).length === 0, 'E502')
  const infos = manifest.sections ?? []
  must(infos.length === inside.sections.length)
  checkAnnounced(infos, found.body.length)
  const sections = infos.map((info, at) => ({ info, data: content(info, inside.sections[at]) }))
  if (kind === 'bundle') sections.forEach(checkRows)
  if (kind === 'handover') checkPassage(manifest, sections, reader, sender, offered)
  return { digest, body: inside.manifest.toString(), sections }
}

/**
 * Open a clear file (suite 2) of `kind`. `compared`: the fingerprint somebody read out; `own`: who takes the
 * certificate; `present`: the keys that new ones follow; `day`: today; each if so.
 */
export function openClear(file, kind, { senders, ...known }) {
  if (kind === 'catalogue') return openPack(file, senders)
  if (kind === 'kreiskeys') return plain(kreisKeys(file, senders[0]))
  const { shape, signer, check } = BODIES[kind]
  const found = unproven(file, kind, shape)
  const body = found.said
  const identity = publicOf(signer(body))
  const digest = verify(found, identity.signing)
  check(body)
  must(known.compared === undefined || known.compared === fingerprint(identity), 'E204')
  if (known.own) checkOwn(body, found.fields, known)
  if (known.present) checkEndorsed(body, known.present)
  if (kind === 'card') checkCard(body, senders[0], known.day)
  return { digest, body: found.body.toString() }
}

const plain = ({ digest, body }) => ({ digest, body: body.toString() })

function checkOwn(certificate, fields, { own, day }) {
  must(certificate.desk_digest === hex(identityDigest(own)), 'E301')
  must(day <= certificate.not_after, 'E804')
  must(fields.keys !== undefined, 'E205')
}

/** Of a pack nothing is looked at before the signatures hold, and of a later one only which KIMdesk it needs. */
function openPack(file, senders) {
  const found = outside(file)
  must(found.fields.kind === 'catalogue' && found.fields.suite === 2, 'E104')
  must(found.body.length <= MIB, 'E601')
  const is = identity => keyId(signingDigest(identity.signing)) === found.fields.sender
  const sender = senders.find(is)
  must(sender !== undefined, 'E210')
  const digest = verify(found, sender.signing)
  const { needs } = json.parse(found.body)
  const [major, minor] = String(needs).split('.').map(Number)
  must(!(major > 0 || minor > 1), 'E503')
  const { shape, check } = BODIES.catalogue
  const body = json.read(found.body, shape)
  check(body)
  return { digest, body: found.body.toString() }
}
