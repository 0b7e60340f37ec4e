/** A way in which a value could stand somewhere, and the value. */
export interface Form {
  readonly value: string
  readonly bytes: Buffer
}

export interface Hit {
  readonly value: string
  readonly at: number
  readonly form: Buffer
}

const DATE = /^(\d{4})-(\d\d)-(\d\d)/
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Other ways of writing a date: 19570309, 03/09/1957, 09.03.1957, 9 Mar 1957. */
const datesOf = (value: string): string[] => {
  const [, year, month, day] = DATE.exec(value) ?? []
  if (year === undefined || month === undefined || day === undefined) return []
  const name = MONTHS[Number(month) - 1] ?? ''
  return [
    `${year}${month}${day}`,
    `${month}/${day}/${year}`,
    `${day}.${month}.${year}`,
    `${Number(day)} ${name} ${year}`,
  ]
}

/** Shorter pieces of base64 stand in any text by chance. */
const SHORTEST_BASE64 = 6

/**
 * A value's base64: on its own, and the part that is the same whatever stands before and after it, for each
 * of the three alignments that it can have inside something longer.
 */
const base64Of = (bytes: Buffer): Buffer[] => {
  const inside = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    const from = shift === 0 ? 0 : shift + 1
    return text.slice(from, Math.floor(((shift + bytes.length) * 8) / 6))
  })
  return [bytes.toString('base64').replace(/=+$/, ''), ...inside]
    .filter((text) => text.length >= SHORTEST_BASE64)
    .map((text) => Buffer.from(text))
}

/** Every form in which the values, of 4 bytes and more, are sought. */
export const formsOf = (values: readonly string[]): Form[] =>
  values.flatMap((value) => {
    const bytes = Buffer.from(value)
    const hex = bytes.toString('hex')
    const written = [value, hex, hex.toUpperCase(), ...datesOf(value)].map((text) => Buffer.from(text))
    return [...written, ...base64Of(bytes)]
      .filter((form) => form.length >= 4)
      .map((form) => ({ value, bytes: form }))
  })

/**
 * Forms by their first four bytes, behind a bit set over the first three: almost every place is
 * dismissed by one look.
 */
interface Index {
  readonly starts: Uint8Array
  readonly byStart: ReadonlyMap<number, readonly Form[]>
}

const START_BITS = 24

export const indexForms = (forms: readonly Form[]): Index => {
  const starts = new Uint8Array(1 << (START_BITS - 3))
  for (const { bytes } of forms) {
    const start = bytes.readUIntBE(0, 3)
    starts[start >> 3] = (starts[start >> 3] ?? 0) | (1 << (start & 7))
  }
  return { starts, byStart: Map.groupBy(forms, ({ bytes }) => bytes.readUInt32BE(0)) }
}

/** Every place where one of the forms stands. */
export function* findAll(haystack: Buffer, { starts, byStart }: Index): Generator<Hit> {
  let rolling = ((haystack[0] ?? 0) << 8) | (haystack[1] ?? 0)
  for (let end = 2; end + 1 < haystack.length; end++) {
    rolling = ((rolling << 8) | (haystack[end] ?? 0)) & 0xffffff
    if (((starts[rolling >> 3] ?? 0) & (1 << (rolling & 7))) === 0) continue
    const at = end - 2
    for (const { value, bytes } of byStart.get(haystack.readUInt32BE(at)) ?? []) {
      const isWhole = at + bytes.length <= haystack.length
      if (isWhole && haystack.compare(bytes, 0, bytes.length, at, at + bytes.length) === 0)
        yield { value, at, form: bytes }
    }
  }
}
