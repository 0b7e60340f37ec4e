/** The texts and the structure of valid JSON; numbers and words are passed over. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g

/**
 * True where an object of the JSON text, which must be valid, has one name twice: readers differ in which
 * they believe.
 */
const repeatsName = (text: string): boolean => {
  const open: (Set<string> | null)[] = []
  let last = ''
  for (const [token] of text.matchAll(TOKEN)) {
    const names = open.at(-1)
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push(null)
    else if (token === '}' || token === ']') open.pop()
    else if (token === ':' && names) {
      const name: unknown = JSON.parse(last)
      if (typeof name === 'string') {
        if (names.has(name)) return true
        names.add(name)
      }
    }
    last = token
  }
  return false
}

export type ParsedJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly why: string }

/**
 * JSON in UTF-8 (RFC 8259), without a byte order mark and with each name once in its object (RFC 7493, 2.3).
 */
export const parseStrictJson = (bytes: Uint8Array): ParsedJson => {
  let text: string
  let value: unknown
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return { ok: false, why: 'it is not UTF-8' }
  }
  try {
    value = JSON.parse(text)
  } catch {
    // The parser's own message quotes the text.
    return { ok: false, why: 'it is not JSON' }
  }
  if (repeatsName(text)) return { ok: false, why: 'an object of it has one name twice' }
  return { ok: true, value }
}
