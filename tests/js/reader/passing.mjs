// §12: what a file from desk to desk proves, for the desk it is sealed to.
import { sha256 } from '@noble/hashes/sha2.js'
import { hex } from './bytes.mjs'
import { deskId, raw } from './keys.mjs'
import { must } from './refusal.mjs'
import { statement, unproven } from './statements.mjs'
import { digestOf } from './outside.mjs'

const BLOB = 2
const BY_TAKER = ['accepted', 'refused', 'returned']

/** `own` and `sender`: both desks; `offered`: digest of the offer that `own` has made, if it made one. */
export function checkPassage(manifest, sections, own, sender, offered) {
  const document = documentOf(manifest, sections)
  const offerFile = raw(manifest.offer)
  const offer = provenOffer(offerFile, own, sender, offered)
  const gave = offer.giver === deskId(own)
  let wanted = offer.content
  if (manifest.reply === '') must(!gave, 'E221')
  else {
    const { said } = statement(raw(manifest.reply), 'reply', sender)
    must(said.offer === digestOf(unproven(offerFile, 'offer')))
    must(BY_TAKER.includes(said.outcome) === gave, 'E221')
    wanted = said.content
  }
  must(wanted === (document === null ? '' : hex(sha256(document))))
}

function provenOffer(file, own, sender, offered) {
  const found = unproven(file, 'offer')
  const parties = [deskId(own), deskId(sender)].sort()
  must([found.said.giver, found.said.taker].sort().join() === parties.join(), 'E221')
  if (found.said.giver === deskId(own)) must(digestOf(found) === offered, 'E420')
  else statement(file, 'offer', sender)
  return found.said
}

function documentOf(manifest, sections) {
  let document = null
  for (const { info, data } of sections) {
    if (info.name === manifest.content && document === null) document = data
    else must(info.kind === BLOB)
  }
  must(manifest.content === '' || (document !== null && hex(sha256(document)) === manifest.content))
  return document
}
