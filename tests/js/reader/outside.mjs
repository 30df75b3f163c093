// §1: magic, header, body, trailer; both signatures over every byte.
import { p384 } from '@noble/curves/nist.js'
import { sha384, sha512 } from '@noble/hashes/sha2.js'
import { ml_dsa65 } from '@noble/post-quantum/ml-dsa.js'
import { Cursor, hex, join } from './bytes.mjs'
import * as json from './json.mjs'
import { keyId, signingDigest } from './keys.mjs'
import { must } from './refusal.mjs'

const TRAILER = 8 + 96 + 3309 + 8
const KIB64 = 64 * 1024

const headerShape = json.object({
  format: json.one(1),
  kind: json.matching(/^[a-z]{1,20}$/),
  suite: json.whole(-(2 ** 53) + 1, 2 ** 53 - 1),
  id: json.digits(32),
  sender: json.digits(32),
  recipient: json.matching(/^([0-9a-f]{32})?$/),
  keys: json.maybe(json.blob({ empty: false })),
})

/** Return header fields, header bytes, body and signatures of a file; nothing is proven yet. */
export function outside(file) {
  const cursor = new Cursor(file, 'E102')
  const magic = file.subarray(0, 6).toString('latin1')
  if (magic !== 'KIMB1\n') must(false, /^KIMB[0-9]\n$/.test(magic) ? 'E501' : 'E101')
  cursor.take(6)
  const size = cursor.u32()
  must(size <= KIB64, 'E604')
  const header = cursor.take(size)
  const fields = json.read(header, headerShape)
  must([1, 2].includes(fields.suite), 'E501')
  must((fields.recipient !== '') === (fields.suite === 1))
  const body = cursor.take(cursor.left - TRAILER < 0 ? Infinity : cursor.left - TRAILER)
  const length = cursor.take(8).readBigUInt64BE(0)
  const signatures = cursor.take(96 + 3309)
  must(cursor.take(8).toString('latin1') === 'KIMEND1\n', 'E102')
  must(length === BigInt(body.length))
  return { fields, header, body, signatures }
}

/** The bytes that are signed. */
function message({ fields, header, body }) {
  const media = `application/vnd.kimdesk.${fields.kind}.v1`
  const signed = join(header, sha512(body))
  return join(`DSSEv1 ${media.length} ${media} ${signed.length} `, signed)
}

/** Return the digest in hex of what `outside` returned, whoever signed it. */
export const digestOf = found => hex(sha384(message(found)))

/** Check both signatures of what `outside` returned and return the file's digest in hex. */
export function verify(found, signing) {
  const { fields, signatures } = found
  must(fields.sender === keyId(signingDigest(signing)), 'E202')
  const context = join(`kimdesk/${fields.kind}/v1`)
  must(classical(signatures.subarray(0, 96), message(found), signing.p384), 'E201')
  must(ml_dsa65.verify(signatures.subarray(96), message(found), signing.mldsa65, { context }), 'E201')
  return digestOf(found)
}

function classical(signature, message, key) {
  try {
    return p384.verify(signature, message, key, { prehash: true, lowS: false })
  } catch {
    return false // r or s out of range
  }
}
