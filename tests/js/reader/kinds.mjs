// §5 to §7: what stands in the manifests and bodies of each kind of file.
import * as json from './json.mjs'
import { identityShape, sealingShape, signingShape } from './keys.mjs'
import { must } from './refusal.mjs'

const number = json.whole(0, 2 ** 31 - 1)
const rising = json.whole(1, 2 ** 31 - 1)
const large = json.whole(0, 2 ** 53 - 1)
const day = json.day()
const moment = json.moment()
const digest = json.digits(96)
const setAside = json.object({ kind: json.text(), id: json.text(), reason: json.text() })
const statement = json.blob({ empty: false })
const desk = json.digits(32)
const sha256 = json.digits(64)
const named = json.text(200)
const ags = json.matching(/^[0-9]{8}$/)

const findingAnswer = json.object({
  finding: json.text(64),
  number: large,
  state: json.matching(/^[a-z_]{1,40}$/),
  text: json.text(2000),
  on: day,
  decision: json.maybe(json.text(2000)),
  group: json.maybe(json.text(200)),
  meets: json.maybe(json.matching(/^([0-9]{4}-[0-9]{2}-[0-9]{2})?$/)),
})

const sectionShape = json.object({ name: json.text(), kind: number, records: number, size: large, sha256: json.text() })

/** Manifests of suite 1. */
export const MANIFESTS = {
  bundle: json.object({
    format: json.one(1),
    crit: json.list(json.text()),
    device: json.text(),
    epoch: rising,
    seq: rising,
    prev: json.matching(/^([0-9a-f]{96})?$/),
    earlier: json.maybe(json.list(digest, 200)),
    from_change: number,
    to_change: number,
    last_receipt: number,
    created: moment,
    cases: number,
    catalogue: number,
    answers: large,
    sections: json.list(sectionShape),
    transfers: json.maybe(json.list(json.object({ offer: statement, reply: statement }))),
  }),
  receipt: json.object({
    format: json.one(1),
    bundle: digest,
    bundle_id: json.text(),
    device: json.text(),
    epoch: rising,
    seq: rising,
    result: json.matching(/^(applied|duplicate|held|quarantined|refused)$/),
    code: json.matching(/^(E[0-9]{3})?$/),
    to_change: number,
    kreis_seq: large,
    counts: json.map(number),
    missing: json.list(json.span(rising), 1000),
    aside: json.list(setAside, 1000),
    reasons: json.map(number),
    again: json.list(setAside, 1000),
    known_epoch: number,
    answers: json.list(findingAnswer, 100),
    created: moment,
    certificate: json.maybe(statement),
  }),
  handover: json.object({
    format: json.one(1),
    crit: json.list(json.text()),
    offer: statement,
    reply: json.blob({ empty: true }),
    content: json.matching(/^([0-9a-f]{64})?$/),
    created: moment,
    sections: json.list(sectionShape),
  }),
}

/** Bodies of suite 2, and where the identity stands that signed them. */
export const BODIES = {
  request: {
    shape: json.object({
      format: json.one(1),
      name: json.text(200),
      municipalities: json.list(ags),
      created: json.text(),
      identity: identityShape,
      endorsement: json.maybe(statement),
    }),
    signer: body => body.identity,
    check: body => must(body.identity.kind === 'desk', 'E803'),
  },
  certificate: {
    shape: json.object({
      format: json.one(1),
      desk: json.text(),
      desk_digest: json.text(),
      desk_name: json.text(200),
      municipalities: json.list(ags),
      issued: json.text(),
      not_after: day,
      kreis_name: json.text(200),
      kreis: identityShape,
      epoch: json.maybe(rising),
    }),
    signer: body => body.kreis,
    check: body => must(body.kreis.kind === 'kreis', 'E803'),
  },
  catalogue: {
    shape: json.object({
      format: json.one(1),
      needs: json.matching(/^[0-9]{1,4}\.[0-9]{1,4}$/),
      kreis_name: json.text(200),
      version: rising,
      issued: moment,
      valid_from: day,
      not_after: day,
      note: json.text(2000),
      documents: json.map(json.map(json.small(11))),
    }),
    check: body => must(body.valid_from <= body.not_after && Object.keys(body.documents).length <= 500),
  },
  card: {
    shape: json.object({ format: json.one(1), identity: identityShape, certificate: statement, issued: moment }),
    signer: body => body.identity,
    check: body => must(body.identity.kind === 'desk', 'E201'),
  },
}

/** Bodies of suite 2 whose signer is known beforehand. */
export const STATEMENTS = {
  kreiskeys: json.object({
    format: json.one(1),
    version: rising,
    root: sha256,
    sealing: sealingShape,
    receipts: signingShape,
    catalogue: signingShape,
    issued: moment,
    not_after: day,
    revoked: json.list(desk, 500),
  }),
  rotation: json.object({ format: json.one(1), desk, digest: sha256, created: moment }),
  offer: json.object({
    format: json.one(1),
    passage: desk,
    way: json.one('move', 'cover'),
    case: json.matching(/^[^]{1,64}$/u),
    giver: desk,
    giver_name: named,
    taker: desk,
    taker_name: named,
    turn: number,
    made: moment,
    until: day,
    basis: json.text(40),
    held_as: json.list(json.matching(/^[^]{1,64}$/u)),
    content: sha256,
  }),
  reply: json.object({
    format: json.one(1),
    offer: digest,
    outcome: json.one('accepted', 'refused', 'withdrawn', 'added', 'returned', 'confirmed'),
    reason: json.text(2000),
    content: json.matching(/^([0-9a-f]{64})?$/),
    made: moment,
  }),
}
