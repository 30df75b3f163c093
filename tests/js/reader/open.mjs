// §9: the order of checks, from the outside to the sections.
import * as json from './json.mjs'
import { fingerprint, keyId, publicOf, signingDigest } from './keys.mjs'
import { BODIES, MANIFESTS } from './kinds.mjs'
import { frames } from './frames.mjs'
import { outside, verify } from './outside.mjs'
import { must } from './refusal.mjs'
import { unseal } from './sealed.mjs'
import { checkAnnounced, content } from './sections.mjs'

const MIB = 1024 * 1024

/**
 * Open a sealed file (suite 1) of `kind`. `own`: private identity; `senders`: public identities that are known;
 * `revoked`: those of them that no longer count.
 */
export function openSealed(file, kind, own, senders, revoked = []) {
  const found = outside(file)
  must(found.fields.kind === kind && found.fields.suite === 1, 'E104')
  const is = identity => keyId(signingDigest(identity.signing)) === found.fields.sender
  const sender = senders.find(is)
  must(sender !== undefined, 'E202')
  must(!revoked.some(is), 'E203')
  const digest = verify(found, sender.signing)
  const inside = frames(unseal(found, sender.signing, own))
  must(inside.manifest.length <= MIB, 'E601')
  const manifest = json.read(inside.manifest, MANIFESTS[kind])
  must((manifest.crit ?? []).length === 0, 'E502')
  const infos = manifest.sections ?? []
  must(infos.length === inside.sections.length)
  checkAnnounced(infos, found.body.length)
  const sections = infos.map((info, at) => ({ info, data: content(info, inside.sections[at]) }))
  return { digest, body: inside.manifest.toString(), sections }
}

/** Open a clear file (suite 2) of `kind`; `compared`: the fingerprint somebody read out, if so. */
export function openClear(file, kind, compared, senders = []) {
  const found = outside(file)
  must(found.fields.kind === kind && found.fields.suite === 2, 'E104')
  must(found.body.length <= MIB, 'E601')
  const { shape, signer, check } = BODIES[kind]
  if (!signer) return openSigned(found, shape, check, senders)
  const body = json.read(found.body, shape)
  const identity = publicOf(signer(body))
  const digest = verify(found, identity.signing)
  check(body)
  must(compared === undefined || compared === fingerprint(identity), 'E204')
  return { digest, body: found.body.toString(), sections: [] }
}

/** A clear file whose signer is known beforehand: nothing is looked at before the signatures hold. */
function openSigned(found, shape, check, senders) {
  const is = identity => keyId(signingDigest(identity.signing)) === found.fields.sender
  const sender = senders.find(is)
  must(sender !== undefined, 'E210')
  const digest = verify(found, sender.signing)
  const { needs } = json.parse(found.body)
  const [major, minor] = String(needs).split('.').map(Number)
  must(!(major > 0 || minor > 1), 'E503')
  const body = json.read(found.body, shape)
  check(body)
  return { digest, body: found.body.toString(), sections: [] }
}
