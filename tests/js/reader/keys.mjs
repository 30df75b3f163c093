// §2: identities, their digests, key ids and fingerprints.
import { p384 } from '@noble/curves/nist.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { ml_dsa65 } from '@noble/post-quantum/ml-dsa.js'
import { ml_kem1024 } from '@noble/post-quantum/ml-kem.js'
import { base64, hex, join } from './bytes.mjs'
import * as json from './json.mjs'
import { must } from './refusal.mjs'

export const signingShape = json.object({ p384: json.bytes(97), mldsa65: json.bytes(1952) })
export const sealingShape = json.object({ p384: json.bytes(97), mlkem1024: json.bytes(1568) })
export const identityShape = json.object({
  format: json.one(1),
  kind: json.one('desk', 'kreis'),
  signing: signingShape,
  sealing: sealingShape,
})

export const raw = value => base64(value, { padded: true })

/** The keys of a public identity as bytes. Refuses points that are not on the curve. */
export function publicOf(identity) {
  return { kind: identity.kind, signing: signingOf(identity.signing), sealing: sealingOf(identity.sealing) }
}

export const signingOf = part => ({ p384: point(raw(part.p384)), mldsa65: raw(part.mldsa65) })
export const sealingOf = part => ({ p384: point(raw(part.p384)), mlkem1024: raw(part.mlkem1024) })

function point(data) {
  try {
    must(data[0] === 4)
    p384.Point.fromBytes(data).assertValidity()
  } catch {
    must(false)
  }
  return data
}

/** The private keys of an identity with their public halves: vectors only. */
export function privateOf(identity) {
  const scalars = { signing: raw(identity.signing.p384), sealing: raw(identity.sealing.p384) }
  const kem = ml_kem1024.keygen(raw(identity.sealing.mlkem1024))
  return {
    kind: identity.kind,
    signing: {
      p384: p384.getPublicKey(scalars.signing, false),
      mldsa65: ml_dsa65.keygen(raw(identity.signing.mldsa65)).publicKey,
    },
    sealing: { p384: p384.getPublicKey(scalars.sealing, false), mlkem1024: kem.publicKey },
    unsealing: { scalar: scalars.sealing, kem: kem.secretKey },
  }
}

export const signingDigest = ({ p384, mldsa65 }) => sha256(join('KIMdesk signing key v1\0', p384, mldsa65))
export const sealingDigest = ({ p384, mlkem1024 }) => sha256(join('KIMdesk sealing key v1\0', p384, mlkem1024))
export const keyId = digest => hex(digest.slice(0, 16))

/** Under what a Kreis keeps a desk whose first keys these are. */
export const deskId = identity => keyId(identityDigest(identity))

export const identityDigest = ({ kind, signing, sealing }) =>
  sha256(join('KIMdesk identity v1\0', kind, '\0', signingDigest(signing), sealingDigest(sealing)))

export function fingerprint(identity) {
  const number = BigInt('0x' + hex(identityDigest(identity))) % 10n ** 40n
  return number.toString().padStart(40, '0').match(/.{5}/g).join(' ')
}
