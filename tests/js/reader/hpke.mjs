// §3: HPKE base mode (RFC 9180) with MLKEM1024-P384, HKDF-SHA384, AES-256-GCM.
import { gcm } from '@noble/ciphers/aes.js'
import { p384 } from '@noble/curves/nist.js'
import { expand, extract } from '@noble/hashes/hkdf.js'
import { sha384 } from '@noble/hashes/sha2.js'
import { sha3_256 } from '@noble/hashes/sha3.js'
import { ml_kem1024 } from '@noble/post-quantum/ml-kem.js'
import { big, join } from './bytes.mjs'

const KEM = 0x0051
const SUITE = join('HPKE', big(KEM, 2), big(2, 2), big(2, 2))
const LABEL = 'MLKEM1024-P384'
const PQ_CIPHERTEXT = 1568

const labelledExtract = (salt, label, ikm) => extract(sha384, join('HPKE-v1', SUITE, label, ikm), salt)
const labelledExpand = (prk, label, info, size) =>
  expand(sha384, prk, join(big(size, 2), 'HPKE-v1', SUITE, label, info), size)

function decapsulate(enc, own) {
  const lattice = enc.subarray(0, PQ_CIPHERTEXT)
  const point = enc.subarray(PQ_CIPHERTEXT)
  const first = ml_kem1024.decapsulate(lattice, own.unsealing.kem)
  const second = p384.getSharedSecret(own.unsealing.scalar, point, false).subarray(1, 49)
  return sha3_256(join(first, second, point, own.sealing.p384, LABEL))
}

/** Return the plaintext of the one message under `enc`; throws when it is not for `own` or was altered. */
export function open(enc, sealed, info, own) {
  const empty = new Uint8Array()
  const context = join(
    big(0, 1),
    labelledExtract(empty, 'psk_id_hash', ''),
    labelledExtract(empty, 'info_hash', info),
  )
  const secret = labelledExtract(decapsulate(enc, own), 'secret', '')
  const key = labelledExpand(secret, 'key', context, 32)
  const nonce = labelledExpand(secret, 'base_nonce', context, 12)
  return gcm(key, nonce).decrypt(sealed)
}
