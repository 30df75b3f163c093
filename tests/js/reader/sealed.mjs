// §3: the sealed body: age's grammar with other constants.
import { gcm } from '@noble/ciphers/aes.js'
import { hkdf } from '@noble/hashes/hkdf.js'
import { hmac } from '@noble/hashes/hmac.js'
import { sha384 } from '@noble/hashes/sha2.js'
import { base64, big, Cursor, join, same, unhex } from './bytes.mjs'
import * as hpke from './hpke.mjs'
import { keyId, sealingDigest, signingDigest } from './keys.mjs'
import { must, Refusal } from './refusal.mjs'

const CHUNK = 65536
const TAG = 16
const KIB64 = 64 * 1024
const STANZA = 'hpke-mlkem1024-p384'

const derive = (key, salt, info) => hkdf(sha384, key, salt, join(info), 32)

/** Return the plaintext of a file of suite 1 that was verified. */
export function unseal({ fields, body }, sender, own) {
  const { stanzas, covered, mac, size } = streamHeader(body)
  const mine = stanzas.filter(stanza => stanza.type === STANZA)
  must(mine.length === 1 && mine[0].arguments.length === 1, 'E302')
  const enc = base64(mine[0].arguments[0], { padded: false })
  must(enc.length === 1665 && mine[0].body.length === 48, 'E302')
  const fileKey = opened(() => hpke.open(enc, mine[0].body, infoOf(fields, sender, own), own))
  must(fileKey.length === 32, 'E302')
  must(same(hmac(sha384, derive(fileKey, new Uint8Array(), 'header'), covered), mac), 'E302')
  return decrypt(fileKey, body.subarray(size))
}

function infoOf(fields, sender, own) {
  must(fields.recipient === keyId(sealingDigest(own.sealing)), 'E301')
  return join(
    'KIMdesk HPKE v1\0', big(fields.suite, 4), signingDigest(sender), sealingDigest(own.sealing), unhex(fields.id),
    fields.kind,
  )
}

function opened(work) {
  try {
    return work()
  } catch (fault) {
    if (fault instanceof Refusal) throw fault
    throw new Refusal('E302')
  }
}

function streamHeader(body) {
  const cursor = new Cursor(body.subarray(0, KIB64))
  must(cursor.line() === 'KIMdesk-sealed/v1')
  const stanzas = []
  let start = cursor.at
  let line = cursor.line()
  for (; line.startsWith('-> '); start = cursor.at, line = cursor.line()) {
    stanzas.push(stanza(line, cursor))
    must(stanzas.length <= 8, 'E604')
  }
  must(stanzas.length > 0 && line.startsWith('--- '))
  const mac = base64(line.slice(4), { padded: false })
  return { stanzas, covered: body.subarray(0, start + 3), mac, size: cursor.at }
}

function stanza(line, cursor) {
  const [type, ...rest] = line.slice(3).split(' ')
  for (const part of [type, ...rest]) must(/^[\x21-\x7e]+$/.test(part))
  const lines = []
  do {
    lines.push(cursor.line())
    must(lines.at(-1).length <= 64)
  } while (lines.at(-1).length === 64)
  return { type, arguments: rest, body: base64(lines.join(''), { padded: false }) }
}

function decrypt(fileKey, payload) {
  must(payload.length >= 16 + TAG)
  const key = derive(fileKey, payload.subarray(0, 16), 'payload')
  const chunks = []
  for (let at = 16, number = 0; at < payload.length; number++) {
    const sealed = payload.subarray(at, at + CHUNK + TAG)
    at += sealed.length
    must(sealed.length >= TAG && !(number > 0 && sealed.length === TAG), 'E302')
    const nonce = join(big(number, 11), big(at >= payload.length ? 1 : 0, 1))
    chunks.push(opened(() => gcm(key, nonce).decrypt(sealed)))
  }
  return Buffer.concat(chunks)
}
