import { isObject, isString, type JsonObject, objectsOf } from './json.ts'

/**
 * Names, addresses and contacts carry a `use` and a `period`; what stands in a heading is the one in force
 * (https://hl7.org/fhir/R4/valueset-name-use.html, -address-use.html, -contact-point-use.html).
 */

/** The uses in the order in which one is taken for the person's; one that is not listed comes after them. */
const NAME_USES = ['official', 'usual', 'nickname', 'anonymous', 'temp']
const ADDRESS_USES = ['home', 'temp', 'work', 'billing']
const CONTACT_USES = ['mobile', 'home', 'work', 'temp']
/** A maiden name is a name that was before marriage: no present one. */
const FORMER_USES: ReadonlySet<unknown> = new Set(['old', 'maiden'])

/** The first moment after a FHIR date or dateTime, which may be a year or a month, in ms; NaN for none. */
export const endOf = (date: string): number => {
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(date)
  if (parts === null) return Date.parse(date)
  const [year, month, day] = [Number(parts[1]), parts[2], parts[3]]
  if (month === undefined) return Date.UTC(year + 1, 0)
  return day === undefined
    ? Date.UTC(year, Number(month))
    : Date.UTC(year, Number(month) - 1, Number(day) + 1)
}

/**
 * Whether a Period lies in the past or has not begun, at a moment in ms. An open or unreadable end is none.
 */
const isOver = (period: unknown, now: number): boolean =>
  isObject(period) && isString(period.end) && endOf(period.end) <= now
const isToCome = (period: unknown, now: number): boolean =>
  isObject(period) && isString(period.start) && Date.parse(period.start) > now

/** Whether a name, address or contact was in force once and is no more, by its use or by its period. */
export const isFormer = (one: JsonObject, now: number): boolean =>
  FORMER_USES.has(one.use) || isOver(one.period, now)

const rankIn = (uses: readonly string[], one: JsonObject, now: number): number => {
  const place = isString(one.use) ? uses.indexOf(one.use) : -1
  const rank = place < 0 ? uses.length : place
  return rank + (isFormer(one, now) ? 200 : isToCome(one.period, now) ? 100 : 0)
}

/** In order: those in force first, by use, and by the source's rank; of equals as they came. */
const ordered = (value: unknown, uses: readonly string[], now: number): JsonObject[] => {
  const all = Array.isArray(value) ? objectsOf(value) : isObject(value) ? [value] : []
  const preference = ({ rank }: JsonObject) => (typeof rank === 'number' ? rank : 1000)
  return all.toSorted((a, b) => rankIn(uses, a, now) - rankIn(uses, b, now) || preference(a) - preference(b))
}

/** HumanName[], those in force first: official, usual, then others; former ones last. `now` in ms. */
export const namesInOrder = (names: unknown, now: number): JsonObject[] => ordered(names, NAME_USES, now)

/** Address[], those in force first; an address for post alone after those where somebody lives. */
export const addressesInOrder = (addresses: unknown, now: number): JsonObject[] => {
  const all = ordered(addresses, ADDRESS_USES, now)
  return [
    ...all.filter((one) => one.type !== 'postal' && !isFormer(one, now)),
    ...all.filter((one) => one.type === 'postal' && !isFormer(one, now)),
    ...all.filter((one) => isFormer(one, now)),
  ]
}

/** ContactPoint[], those in force first, by rank and then by use. */
export const contactsInOrder = (contacts: unknown, now: number): JsonObject[] => {
  const preference = ({ rank }: JsonObject) => (typeof rank === 'number' ? rank : 1000)
  const all = ordered(contacts, CONTACT_USES, now)
  return all.toSorted(
    (a, b) => Number(isFormer(a, now)) - Number(isFormer(b, now)) || preference(a) - preference(b),
  )
}
