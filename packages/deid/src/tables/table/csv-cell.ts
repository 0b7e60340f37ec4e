import { csvFault } from './csv-scanner.ts'

const REPLACEMENT = '\uFFFD'
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of a cell. Throws `bad-csv` for bytes that are no UTF-8. */
export const cellText = (bytes: Buffer, start: number, end: number, line: number): string => {
  const text = bytes.toString('utf8', start, end)
  // The quick decoder replaces what it can't read. A file may also hold that very character, so the strict
  // one decides.
  if (!text.includes(REPLACEMENT)) return text
  try {
    return strict.decode(bytes.subarray(start, end))
  } catch {
    throw csvFault(line, 'a cell is not UTF-8')
  }
}

/** How many slots a cache of cells has: a power of two. */
export const SLOTS = 8192

/** The slot of a cell in such a cache. Any bytes may share one: a cache forgets, it never mistakes. */
export const slotOf = (bytes: Buffer, start: number, end: number): number => {
  let hash = end - start
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193)
  return (hash ^ (hash >>> 15)) & (SLOTS - 1)
}

/** Whether those bytes are just this text. Only ASCII is compared: anything else is decoded. */
export const sameText = (text: string, bytes: Buffer, start: number, end: number): boolean => {
  const length = end - start
  if (text.length !== length) return false
  for (let at = 0; at < length; at += 1) {
    const byte = bytes[start + at] ?? 0x80
    if (byte >= 0x80 || text.charCodeAt(at) !== byte) return false
  }
  return true
}

/** Longer cells rarely come again, and would be kept. */
const LONGEST = 64

/** `cellText` that remembers: a text that came lately is given again without being made again. */
export const cachedCellText = (): typeof cellText => {
  const recent: string[] = new Array<string>(SLOTS).fill('')
  return (bytes, start, end, line) => {
    if (end - start > LONGEST) return cellText(bytes, start, end, line)
    const slot = slotOf(bytes, start, end)
    const known = recent[slot] ?? ''
    if (sameText(known, bytes, start, end)) return known
    const text = cellText(bytes, start, end, line)
    recent[slot] = text
    return text
  }
}
