/*
 * What identifies somebody in FHIR resources, gathered from the input as it was before any import and without
 * the help of the code that is tested: by the members' names alone, however deep they are.
 */

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

export interface Identifying {
  /** Names, street lines, cities, telephone numbers, e-mail addresses, and all numbers of `identifier`. */
  readonly values: ReadonlySet<string>
  /** Ids of resources and of what refers to them. */
  readonly ids: ReadonlySet<string>
  /** Dates more exact than a month, as YYYY-MM-DD. */
  readonly dates: ReadonlySet<string>
}

const NAMING = new Set(['family', 'given', 'line', 'city', 'postalCode', 'text', 'title', 'display', 'div'])
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const DATE = /^\d{4}-\d\d-\d\d(?:T.*)?$/

/** Single characters and up to four digits are codes and years somewhere: they can't be told from those. */
const isTellTale = (text: string): boolean => !/^(?:.|\d{1,4})$/.test(text)

/**
 * Members that name a person or a place only where a person's or a place's other members stand beside them.
 */
const isWorded = (key: string): boolean => ['text', 'title', 'display', 'div'].includes(key)

export const identifyingIn = (resources: Iterable<unknown>): Identifying => {
  const values = new Set<string>()
  const ids = new Set<string>()
  const dates = new Set<string>()
  const walk = (value: Json, key: string, within: string): void => {
    if (typeof value === 'string') {
      for (const id of value.match(UUID) ?? []) ids.add(id)
      if (DATE.test(value)) dates.add(value.slice(0, 10))
      const isValue = key === 'value' && (within === 'identifier' || within === 'telecom')
      const isName = NAMING.has(key) && (!isWorded(key) || within === 'name')
      if ((isValue || isName) && isTellTale(value)) values.add(value)
      // Contained resources have names like `referral`, which mean nothing outside of the resource that
      // they stand in.
      if (key === 'id' && within !== 'contained' && isTellTale(value)) ids.add(value)
      return
    }
    if (Array.isArray(value)) {
      for (const item of value) walk(item, key, within)
      return
    }
    if (typeof value !== 'object' || value === null) return
    for (const [name, member] of Object.entries(value))
      walk(member, name, typeof member === 'object' ? '' : key)
  }
  for (const resource of resources) walk(resource as Json, '', '')
  return { values, ids, dates }
}

/** Every word, cell and value of the files of a release, in lower case. */
export class ReleaseText {
  readonly #leaves = new Set<string>()
  readonly #words = new Set<string>()
  readonly #uuids = new Set<string>()
  readonly #all: string

  constructor(texts: Iterable<string>) {
    const all: string[] = []
    for (const text of texts) {
      const lower = text.toLowerCase()
      all.push(lower)
      for (const leaf of lower.split(/[",;{}[\]\r\n]+|":/)) this.#leaves.add(leaf)
      for (const word of lower.split(/[^\p{L}\p{N}']+/u)) this.#words.add(word)
      for (const id of lower.match(UUID) ?? []) this.#uuids.add(id)
    }
    // Ids are looked up in their own set; without them the vocabulary of a release is small enough
    // to search in.
    this.#all = [...this.#leaves].map((leaf) => leaf.replaceAll(UUID, '')).join('\n')
    this.dates = all.flatMap((text) => text.match(/(?<!\d)\d{4}-\d\d-\d\d(?!\d)/g) ?? [])
  }

  /** All that reads like an exact date, whether or not it is one of the input. */
  readonly dates: readonly string[]

  get uuids(): number {
    return this.#uuids.size
  }

  /** As a whole value, as a word of one, or (from eight characters on) as a part of one. */
  has(identifier: string): boolean {
    const text = identifier.toLowerCase()
    if (this.#uuids.has(text) || this.#leaves.has(text) || this.#words.has(text)) return true
    return text.length >= 8 && this.#all.includes(text)
  }
}
