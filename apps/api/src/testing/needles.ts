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

/** The part of a value's base64 that is the same whatever stands before and after it, for each of the three alignments. */
const base64Of = (bytes: Buffer): Buffer[] =>
  [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const from = shift === 0 ? 0 : shift + 1
    const whole = Math.floor(((shift + bytes.length) * 8) / 6)
    return Buffer.from(text.slice(from, whole))
  })

/** Every form in which the values are sought. Parts under 4 bytes are left out: they say nothing. */
export const formsOf = (values: readonly string[]): Form[] =>
  values.flatMap((value) => {
    const bytes = Buffer.from(value)
    const hex = bytes.toString('hex')
    const written = [value, hex, hex.toUpperCase(), ...datesOf(value)].map((text) => Buffer.from(text))
    return [...written, ...base64Of(bytes)]
      .filter((form) => form.length >= 4)
      .map((form) => ({ value, bytes: form }))
  })

const PREFIX_BITS = 24

/** Every place where one of the forms stands. Filtered by its first three bytes, so that a hundred megabytes take a second. */
export function* findAll(haystack: Buffer, forms: readonly Form[]): Generator<Hit> {
  const prefixes = new Uint8Array(1 << (PREFIX_BITS - 3))
  const byStart = new Map<number, Form[]>()
  for (const form of forms) {
    const start = form.bytes.readUIntBE(0, 3)
    prefixes[start >> 3] = (prefixes[start >> 3] ?? 0) | (1 << (start & 7))
    const same = byStart.get(start)
    if (same === undefined) byStart.set(start, [form])
    else same.push(form)
  }
  let rolling = ((haystack[0] ?? 0) << 8) | (haystack[1] ?? 0)
  for (let end = 2; end < haystack.length; end++) {
    rolling = ((rolling << 8) | (haystack[end] ?? 0)) & 0xffffff
    if (((prefixes[rolling >> 3] ?? 0) & (1 << (rolling & 7))) === 0) continue
    const at = end - 2
    for (const { value, bytes } of byStart.get(rolling) ?? []) {
      if (haystack.compare(bytes, 0, bytes.length, at, at + bytes.length) === 0)
        yield { value, at, form: bytes }
    }
  }
}
