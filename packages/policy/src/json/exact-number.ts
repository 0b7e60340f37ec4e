declare global {
  interface JSON {
    /** https://tc39.es/proposal-json-parse-with-source: what JSON.stringify writes as the text that it is. */
    rawJSON(text: string): object
  }
}

/**
 * A number of JSON whose digits a double would not give back as they were sent: 1.50, 0.010, 1E-7,
 * 12345678901234567890. FHIR's decimals have a precision that means something
 * (https://hl7.org/fhir/R4/datatypes.html#decimal), so it is kept, and `JSON.stringify` writes the same
 * digits. Every other number stays a plain one. In code that reads numbers: `numberOf`, `digitsOf`,
 * `isNumeric`.
 */
export class ExactNumber {
  /** As it was sent: a number by the grammar of RFC 8259 section 6. */
  readonly digits: string

  constructor(digits: string) {
    this.digits = digits
  }

  toJSON(): object {
    return JSON.rawJSON(this.digits)
  }

  toString(): string {
    return this.digits
  }
}

export const isNumeric = (value: unknown): value is number | ExactNumber =>
  typeof value === 'number' || value instanceof ExactNumber

/** The nearest double, to reckon and compare with; null for what is no number. */
export const numberOf = (value: unknown): number | null =>
  value instanceof ExactNumber ? Number(value.digits) : typeof value === 'number' ? value : null

/** The digits as they were sent; null for what is no number. */
export const digitsOf = (value: unknown): string | null => (isNumeric(value) ? String(value) : null)

/**
 * Whether a double holds a number at all: not where it is too large for one (1e999), nor where it is not zero
 * and so small that a double makes it that (1e-999).
 */
export const isInRange = (value: number | ExactNumber): boolean => {
  const double = Number(String(value))
  if (double !== 0) return Number.isFinite(double)
  return !/^[^eE]*[1-9]/.test(String(value))
}
