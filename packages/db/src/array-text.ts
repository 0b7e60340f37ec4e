const UNSAFE = /["\\]/
const EACH_UNSAFE = /["\\]/g

/**
 * A parameter of an array type as PostgreSQL reads it
 * (https://www.postgresql.org/docs/18/arrays.html#ARRAYS-IO), for a statement that says the type:
 * `${arrayText(ids)}::uuid[]`. The driver would write the same with two replacements for each element.
 */
export const arrayText = (values: readonly (string | null)[]): string => {
  let text = '{'
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? null
    if (i > 0) text += ','
    if (value === null) text += 'null'
    else text += UNSAFE.test(value) ? `"${value.replace(EACH_UNSAFE, '\\$&')}"` : `"${value}"`
  }
  return `${text}}`
}

/** The same of bytea[], in hex. */
export const byteaArrayText = (values: readonly Uint8Array[]): string => {
  let text = '{'
  for (let i = 0; i < values.length; i++) {
    const { buffer, byteOffset, byteLength } = values[i] ?? NOTHING
    if (i > 0) text += ','
    text += `"\\\\x${Buffer.from(buffer, byteOffset, byteLength).toString('hex')}"`
  }
  return `${text}}`
}

const NOTHING = new Uint8Array()
