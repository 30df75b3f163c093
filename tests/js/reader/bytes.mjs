import { must } from './refusal.mjs'

const encoder = new TextEncoder()

/** Join bytes and ASCII text. */
export const join = (...parts) => Buffer.concat(parts.map(part => (typeof part === 'string' ? encoder.encode(part) : part)))
export const hex = data => Buffer.from(data).toString('hex')
export const unhex = text => Buffer.from(text, 'hex')
export const same = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0

export function big(value, size) {
  const out = Buffer.alloc(size)
  for (let at = size - 1, rest = BigInt(value); at >= 0; at--, rest >>= 8n) out[at] = Number(rest & 255n)
  return out
}

/** Base64 in its one spelling: with padding in JSON, without in the stream header. */
export function base64(text, { padded }) {
  const data = Buffer.from(text, 'base64')
  const again = data.toString('base64')
  must((padded ? again : again.replace(/=+$/, '')) === text)
  return data
}

/** Walks over bytes; `code` is what taking more than there is means. */
export class Cursor {
  constructor(data, code = 'E103') {
    this.data = Buffer.from(data.buffer, data.byteOffset, data.length)
    this.at = 0
    this.code = code
  }

  get left() {
    return this.data.length - this.at
  }

  take(size) {
    must(size <= this.left, this.code)
    this.at += size
    return this.data.subarray(this.at - size, this.at)
  }

  u32() {
    return this.take(4).readUInt32BE(0)
  }

  line() {
    const end = this.data.indexOf(10, this.at)
    must(end >= 0)
    const line = this.data.subarray(this.at, end)
    this.at = end + 1
    return line.toString('latin1')
  }
}
