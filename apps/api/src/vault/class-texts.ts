import type { RecordFields } from '@chartward/fhir'
import type { FieldClass } from '@chartward/policy'
import { CLASS_ORDER } from './class-order.ts'

/** A record's values as JSON, by class in catalog order; classes without a value are left out. */
export type ClassTexts = ReadonlyMap<FieldClass, string>

/** Written once: the import's content token and the vault's envelopes are both made of the same text. */
export const classTextsOf = (fields: RecordFields): ClassTexts => {
  const texts = new Map<FieldClass, string>()
  for (const fieldClass of CLASS_ORDER) {
    const values = fields[fieldClass]
    if (values !== undefined && Object.keys(values).length > 0) texts.set(fieldClass, JSON.stringify(values))
  }
  return texts
}

/** All classes' texts as one, which is JSON too: what tells a changed record from an unchanged one. */
export const wholeTextOf = (texts: ClassTexts): string =>
  `{${[...texts].map(([fieldClass, text]) => `"${fieldClass}":${text}`).join()}}`
