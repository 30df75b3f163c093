// §4: frames, their grammar, the padding.
import { Cursor } from './bytes.mjs'
import { must } from './refusal.mjs'

const MIB = 1024 * 1024
const [MANIFEST, DATA, SECTION_END, END] = [1, 2, 3, 4]

/** Return the manifest's bytes and, for each section, the payloads of its DATA frames. */
export function frames(plain) {
  const cursor = new Cursor(plain)
  let manifest = null
  const sections = []
  let current = null
  for (;;) {
    const size = cursor.u32()
    const type = cursor.take(1)[0]
    must(size <= MIB, 'E604')
    must(allowed(type, manifest, current))
    must(size > 0 === (type === MANIFEST || type === DATA))
    const payload = cursor.take(size)
    if (type === END) break
    if (type === MANIFEST) manifest = payload
    if (type === DATA) (current ??= []).push(payload)
    if (type === SECTION_END) {
      sections.push(current ?? [])
      current = null
    }
  }
  padding(cursor)
  return { manifest, sections }
}

function allowed(type, manifest, current) {
  if (manifest === null) return type === MANIFEST
  return type === DATA || type === SECTION_END || (type === END && current === null)
}

function padding(cursor) {
  const length = cursor.at
  const e = Math.floor(Math.log2(length))
  const unit = 2 ** (e - (Math.floor(Math.log2(e)) + 1))
  must(cursor.data.length === Math.ceil(length / unit) * unit)
  must(cursor.take(cursor.left).every(byte => byte === 0))
}
