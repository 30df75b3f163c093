// §5: sections against what the manifest announced.
import { sha256 } from '@noble/hashes/sha2.js'
import { Decompress } from 'fzstd'
import { hex } from './bytes.mjs'
import * as json from './json.mjs'
import { must, Refusal } from './refusal.mjs'

const MIB = 1024 * 1024
const WINDOW = 8 * MIB
const DEPTH = 32
const SIP = 1024
const [RECORDS, BLOB, PACKED_BLOB] = [1, 2, 3]

/** Refuse a list of sections that breaks the limits or its own rules. */
export function checkAnnounced(infos, bodySize) {
  must(new Set(infos.map(info => info.name)).size === infos.length)
  must(sum(infos, 'records') <= 200_000, 'E602')
  for (const info of infos) {
    if (info.kind === RECORDS) continue
    must(info.size <= 26_214_400, 'E604')
    must(![BLOB, PACKED_BLOB].includes(info.kind) || info.name === info.sha256)
  }
  must(sum(infos, 'size') <= 200 * bodySize, 'E603')
}

const sum = (infos, member) => infos.reduce((all, info) => all + info[member], 0)

/** Return the unpacked content of a section, checked against `info`. */
export function content(info, payloads) {
  const packed = [RECORDS, PACKED_BLOB].includes(info.kind)
  const data = packed ? unpack(Buffer.concat(payloads), info.size) : Buffer.concat(payloads)
  must(data.length <= info.size, 'E603')
  if (info.kind === RECORDS) checkLines(data, info.records)
  must(data.length === info.size && hex(sha256(data)) === info.sha256)
  return data
}

function unpack(stored, most) {
  checkFrame(stored)
  const parts = []
  let size = 0
  const stream = new Decompress(part => {
    size += part.length
    must(size <= most, 'E603')
    parts.push(part.slice())
  })
  try {
    for (let at = 0; at < stored.length; at += SIP) stream.push(stored.subarray(at, at + SIP), at + SIP >= stored.length)
  } catch (fault) {
    throw fault instanceof Refusal ? fault : new Refusal('E103')
  }
  return Buffer.concat(parts)
}

/** One zstd frame (RFC 8878 §3.1.1) with nothing after it and a window we allow. */
function checkFrame(stored) {
  must(stored.length >= 6 && stored.readUInt32LE(0) === 0xfd2fb528)
  const descriptor = stored[4]
  const single = (descriptor & 0x20) !== 0
  const contentSize = [single ? 1 : 0, 2, 4, 8][descriptor >> 6]
  let at = 5 + (single ? 0 : 1) + [0, 1, 2, 4][descriptor & 3]
  must(windowOf(stored, single, at, contentSize) <= WINDOW)
  at += contentSize
  for (let last = false; !last; ) {
    must(at + 3 <= stored.length)
    const block = stored.readUIntLE(at, 3)
    last = (block & 1) === 1
    at += 3 + (((block >> 1) & 3) === 1 ? 1 : block >> 3)
  }
  must(at + ((descriptor & 4) !== 0 ? 4 : 0) === stored.length)
}

function windowOf(stored, single, at, contentSize) {
  if (single) {
    must(at + contentSize <= stored.length)
    const size = Number(BigInt('0x' + hex(Buffer.from(stored.subarray(at, at + contentSize)).reverse())))
    return contentSize === 2 ? size + 256 : size
  }
  const base = 2 ** (10 + (stored[5] >> 3))
  return base + (base / 8) * (stored[5] & 7)
}

function checkLines(data, records) {
  must(data.length === 0 || data.at(-1) === 10)
  let found = 0
  for (let at = 0; at < data.length; found++) {
    const end = data.indexOf(10, at)
    const line = data.subarray(at, end)
    must(line.length <= MIB && depth(line) <= DEPTH, 'E604')
    must(line.length > 0)
    at = end + 1
  }
  must(found === records)
}

function depth(line) {
  let now = 0
  let most = 0
  let quoted = false
  for (let at = 0; at < line.length; at++) {
    const sign = line[at]
    if (quoted && sign === 0x5c) at++
    else if (sign === 0x22) quoted = !quoted
    else if (!quoted && (sign === 0x7b || sign === 0x5b)) most = Math.max(most, ++now)
    else if (!quoted && (sign === 0x7d || sign === 0x5d)) now--
  }
  return most
}

const kindName = json.matching(/^[a-z_]{1,40}$/)
const identity = json.matching(/^[^]{1,200}$/u)
const number = json.whole(0, 2 ** 31 - 1)
const COUNTS = json.object({
  first: json.matching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)/),
  last: json.matching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)/),
  counts: json.keyed(/^[a-z][a-z_]{0,39}$(?!\n)/, json.object({
    version: json.whole(1, 2 ** 31 - 1),
    cells: json.keyed(/^([0-9]{8}|unknown)?$(?!\n)/, json.several(number, 2, 5), 1000),
  }), 200),
})
const LINES = {
  records: json.open({ kind: kindName, row: json.open({ id: identity }) }),
  erase: json.open({ kind: kindName, id: identity, reason: kindName }),
  statistics: json.open({
    release: json.open({ as_of: json.day(), figures: json.map(json.map(json.either(json.whole(0, 2 ** 31 - 1), json.one(null)))) }),
    held_active: json.whole(0, 2 ** 31 - 1),
    counts: json.maybe(COUNTS),
  }),
}

/** §14: refuse a bundle with a line that is none; whether a record may come in is another question. */
export function checkRows({ info, data }) {
  const shape = LINES[info.name]
  if (info.kind !== RECORDS || !shape) return
  try {
    for (const line of data.toString().split('\n').filter(Boolean)) shape(json.parse(Buffer.from(line)))
  } catch (fault) {
    throw fault instanceof Refusal ? new Refusal('E730') : fault
  }
}
