// Reads the vectors named on the command line and prints one JSON line for each: what came of it.
import fs from 'node:fs'
import path from 'node:path'
import { parse } from './reader/json.mjs'
import { privateOf } from './reader/keys.mjs'
import { openClear, openSealed } from './reader/open.mjs'
import { Refusal } from './reader/refusal.mjs'

const identities = new Map()

function identity(folder, name) {
  const file = path.join(folder, `${name}.TEST-ONLY-private-key.json`)
  if (!identities.has(file)) identities.set(file, privateOf(parse(fs.readFileSync(file))))
  return identities.get(file)
}

function vector(file) {
  const whole = fs.readFileSync(file)
  const end = whole.indexOf('\n\n')
  const lines = whole.subarray(0, end).toString().split('\n')
  const fields = Object.fromEntries(lines.map(line => line.split(/: (.*)/s).slice(0, 2)))
  return { fields, data: whole.subarray(end + 2) }
}

function outcome({ fields, data }, folder) {
  const named = text => (text ?? '').split(' ').filter(Boolean).map(name => identity(folder, name))
  const known = { ...fields, senders: named(fields.senders), revoked: named(fields.revoked) }
  for (const role of ['reader', 'own', 'present']) known[role] = named(fields[role])[0]
  try {
    const opened = (known.reader ? openSealed : openClear)(data, fields.kind, known)
    return { outcome: 'ok', digest: opened.digest, body: opened.body }
  } catch (fault) {
    if (fault instanceof Refusal) return { outcome: fault.code }
    throw fault
  }
}

for (const file of process.argv.slice(2)) {
  const folder = path.dirname(file)
  console.log(JSON.stringify({ file: path.basename(file), ...outcome(vector(file), folder) }))
}
