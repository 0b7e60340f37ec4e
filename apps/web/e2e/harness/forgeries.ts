/**
 * What a forger does to the lines of a downloaded log; the first line says what the log is, each further
 * one is an entry.
 */
type Forgery = (lines: readonly string[]) => readonly string[]

const MIDDLE = 12

/** One letter of one entry's outcome, deep inside its bytes. */
const change: Forgery = (lines) =>
  lines.map((line, index) => {
    if (index !== MIDDLE) return line
    const entry: { e: string } = JSON.parse(line)
    const text = Buffer.from(entry.e, 'base64').toString().replace('"outcome":"s', '"outcome":"r')
    return JSON.stringify({ ...entry, e: Buffer.from(text).toString('base64') })
  })

const omit: Forgery = (lines) => lines.toSpliced(MIDDLE, 1)

export const FORGERIES: readonly (readonly [name: string, forge: Forgery])[] = [
  ['changed', change],
  ['omitted', omit],
]
