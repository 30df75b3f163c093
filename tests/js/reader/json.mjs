// §8: JSON with one spelling. A shape is a function that refuses a value that is not its own.
import { base64 } from './bytes.mjs'
import { must, Refusal } from './refusal.mjs'

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export const text = (most = Infinity) => value => {
  must(typeof value === 'string' && !/\p{Surrogate}/u.test(value))
  must([...value].length <= most)
}
export const matching = pattern => value => must(typeof value === 'string' && pattern.test(value))
export const moment = () => value => {
  matching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$/)(value)
  const at = new Date(value)
  must(!Number.isNaN(at.getTime()) && at.toISOString() === value.replace('Z', '.000Z'))
}
/** A day that a calendar has. */
export const day = () => value => {
  matching(/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/)(value)
  moment()(`${value}T00:00:00Z`)
}
export const span = shape => value => {
  tuple(shape, shape)(value)
  must(value[0] <= value[1])
}
export const digits = count => matching(new RegExp(`^[0-9a-f]{${count}}$(?!\\n)`))
export const one = (...values) => value => must(values.includes(value))
export const whole = (low, high) => value => must(Number.isSafeInteger(value) && low <= value && value <= high)
export const bytes = size => value => {
  must(typeof value === 'string')
  must(base64(value, { padded: true }).length === size)
}
/** Any bytes in base64, some unless `empty`. */
export const blob = ({ empty }) => value => {
  must(typeof value === 'string' && (empty || value !== ''))
  base64(value, { padded: true })
}
export const list = (shape, most = Infinity) => value => {
  must(Array.isArray(value) && value.length <= most)
  value.forEach(shape)
}
export const tuple = (...shapes) => value => {
  must(Array.isArray(value) && value.length === shapes.length)
  shapes.forEach((shape, at) => shape(value[at]))
}
export const either = (...shapes) => value => {
  const fits = shape => {
    try {
      shape(value)
      return true
    } catch (fault) {
      if (fault instanceof Refusal) return false
      throw fault
    }
  }
  must(shapes.some(fits))
}
/** A list of `least` to `most` entries. */
export const several = (shape, least, most) => value => {
  list(shape, most)(value)
  must(value.length >= least)
}
/** An object with at most `most` members, whose names match. */
export const keyed = (pattern, shape, most) => value => {
  must(isObject(value) && Object.keys(value).length <= most)
  for (const [name, each] of Object.entries(value)) {
    matching(pattern)(name)
    shape(each)
  }
}
export const map = shape => value => {
  must(isObject(value))
  for (const [name, each] of Object.entries(value)) {
    text()(name)
    shape(each)
  }
}
/** Any JSON value of a catalogue document, nested at most `depth` deep. */
export const small = depth => value => {
  if (typeof value === 'string') return must([...value].length <= 20000, 'E604')
  if (typeof value !== 'object' || value === null) return
  const inner = Object.values(value)
  must(depth > 0 && inner.length <= 2000, 'E604')
  inner.forEach(small(depth - 1))
}
/** A member that is left out when it says nothing. */
export const maybe = shape => Object.assign(value => shape(value), { optional: true })
export const object = members => value => {
  must(isObject(value))
  const there = Object.entries(members).filter(([name, shape]) => name in value || !shape.optional)
  must(Object.keys(value).join() === there.map(([name]) => name).join())
  for (const [name, shape] of there) shape(value[name])
}
/** An object with at least these members. */
export const open = members => value => {
  must(isObject(value))
  for (const [name, shape] of Object.entries(members)) if (name in value || !shape.optional) shape(value[name])
}

const isObject = value => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Return what `data` says: of this major version, of this shape, in the one spelling. */
export function read(data, shape) {
  const value = parse(data)
  must(isObject(value) && Number.isSafeInteger(value.format))
  must(value.format === 1, 'E501')
  shape(value)
  must(JSON.stringify(value) === strict.decode(data))
  return value
}

/** Return what `data` says, in any spelling. */
export function parse(data) {
  try {
    return JSON.parse(strict.decode(data))
  } catch {
    throw new Refusal('E103')
  }
}
