import type { RecordFields } from '@chartward/fhir'
import { type FieldClass, parseExact } from '@chartward/policy'
import { CLASS_ORDER } from './class-order.ts'

/** A record's values as JSON, by class in catalog order; classes without a value are left out. */
export type ClassTexts = ReadonlyMap<FieldClass, string>

/**
 * Written once: the import's content token and the vault's envelopes are both made of the same text. Numbers
 * stand in it with the digits that they were sent with, so 1.50 in the place of 1.5 is a change.
 */
export const classTextsOf = (fields: RecordFields): ClassTexts => {
  const texts = new Map<FieldClass, string>()
  for (const fieldClass of CLASS_ORDER) {
    const values = fields[fieldClass]
    if (values !== undefined && Object.keys(values).length > 0) texts.set(fieldClass, JSON.stringify(values))
  }
  return texts
}

/**
 * The values of such a text, with every digit of their numbers. Throws SyntaxError for what is no object of
 * JSON.
 */
export const valuesIn = (text: string): Record<string, unknown> => {
  const values = HAS_NUMBER.test(text) ? parseExact(text) : JSON.parse(text)
  if (typeof values !== 'object' || values === null) throw new SyntaxError('not an object')
  return values
}

/**
 * Where a number may stand in an object of JSON: behind a bracket, a colon or a comma, and before a bracket
 * or a comma (RFC 8259 section 2). Also in some strings, which costs no more than a closer look.
 */
const HAS_NUMBER = /[[:,]\s*-?\d[\d.eE+-]*\s*[,}\]]/

/** The fields of a text that holds all classes: the inverse of `wholeTextOf`. */
export const fieldsIn = (text: string): RecordFields => {
  const found = valuesIn(text)
  const fields: RecordFields = {}
  for (const fieldClass of CLASS_ORDER) {
    const values = found[fieldClass]
    if (typeof values === 'object' && values !== null) fields[fieldClass] = { ...values }
  }
  return fields
}

/** All classes' texts as one, which is JSON too: what tells a changed record from an unchanged one. */
export const wholeTextOf = (texts: ClassTexts): string =>
  `{${[...texts].map(([fieldClass, text]) => `"${fieldClass}":${text}`).join()}}`
