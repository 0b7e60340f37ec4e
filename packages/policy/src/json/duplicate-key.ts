import { readTokens } from './tokens.ts'

/** Names of members and places of items, from the outermost value inwards. */
export type JsonPath = readonly (string | number)[]

interface Open {
  /** Of an object its keys so far; of a list nothing. */
  readonly keys: Set<string> | null
  /** The member or item that is being read. */
  at: string | number
}

/**
 * Where a JSON text first has a key a second time in the same object, escapes read (`"a"` and `"\\u0061"` are
 * one key); null where it nowhere does. Of such an object nobody can say which value is meant (RFC 8259
 * section 4). The text must be one that `JSON.parse` takes.
 */
export const findDuplicateKey = (text: string): JsonPath | null => {
  const open: Open[] = []
  let found: JsonPath | null = null
  readTokens(text, {
    mark: (char) => {
      const inner = open.at(-1)
      if (char === '{') open.push({ keys: new Set(), at: '' })
      else if (char === '[') open.push({ keys: null, at: 0 })
      else if (char !== ',') open.pop()
      else if (typeof inner?.at === 'number') inner.at += 1
    },
    key: (start, end) => {
      const inner = open.at(-1)
      if (inner === undefined || inner.keys === null) return
      const written = text.slice(start + 1, end - 1)
      const key = written.includes('\\') ? String(JSON.parse(text.slice(start, end))) : written
      inner.at = key
      if (inner.keys.has(key)) found ??= open.map(({ at }) => at)
      inner.keys.add(key)
    },
  })
  return found
}
