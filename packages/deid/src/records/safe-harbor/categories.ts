import {
  FIELD_PATHS,
  type Field,
  type FieldPath,
  fieldOf,
  IDENTIFIER_CATEGORIES,
  type SafeHarborTreatment,
} from '@chartward/policy'
import { CATEGORY_LETTERS, type CategoryLetter } from '../../shared/category-letters.ts'

export interface CategoryCoverage {
  readonly letter: CategoryLetter
  readonly title: string
  /** Fields that the catalog declares to be of this category, and those whose type can hold it. */
  readonly fields: readonly { readonly path: FieldPath; readonly treatment: SafeHarborTreatment }[]
  readonly done: string
}

/** What a datatype can hold beside the category that its field is declared with. */
const CAN_HOLD: Partial<Record<Field['type'], readonly CategoryLetter[]>> = {
  'ContactPoint[]': ['D', 'E', 'F', 'N'],
  'Attachment[]': ['N', 'P', 'Q', 'R'],
  'Identifier[]': ['L', 'N', 'R'],
  Narrative: ['N', 'R'],
  'Annotation[]': ['A', 'C', 'R'],
}

const DONE: Record<CategoryLetter, string> = {
  A: 'Names of the person, relatives, household members, employers and providers are left out; so is free text.',
  B: 'State, and the first three digits of the ZIP Code where more than 20,000 people live (2020 Census), else 000.',
  C: 'Years alone. Ages over 89, and years that tell one, become "90 or older" or are left out.',
  D: 'Left out.',
  E: 'Left out.',
  F: 'Left out.',
  G: 'Left out.',
  H: 'Left out.',
  I: 'Left out.',
  J: 'Left out.',
  K: 'Left out.',
  L: 'No field is declared for them; the identifiers that could hold one are left out.',
  M: 'Left out.',
  N: 'Left out; the only URLs of a release name terminologies and FHIR extensions, from closed lists.',
  O: 'No field is declared for them; a text that could hold one is left out.',
  P: 'Signatures and recorded traces are left out, and so are attachments that could hold one.',
  Q: 'Photographs and other pictures are left out, whatever they show.',
  R: 'Record ids become random ids of this export. Other numbers, structures, free text and what the catalog does not name are left out.',
}

const carries = (path: FieldPath, letter: CategoryLetter): boolean => {
  const field = fieldOf(path)
  return (
    field !== undefined && (field.identifier === letter || (CAN_HOLD[field.type]?.includes(letter) ?? false))
  )
}

/**
 * The eighteen categories of 45 CFR 164.514(b)(2)(i) with the catalog's fields that carry each, for the
 * manifest.
 */
export const CATEGORY_COVERAGE: readonly CategoryCoverage[] = CATEGORY_LETTERS.map((letter) => ({
  letter,
  title: IDENTIFIER_CATEGORIES[letter],
  fields: FIELD_PATHS.flatMap((path) => {
    const field = fieldOf(path)
    return field !== undefined && carries(path, letter) ? [{ path, treatment: field.safeHarbor }] : []
  }),
  done: DONE[letter],
}))
