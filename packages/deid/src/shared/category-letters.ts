import { IDENTIFIER_CATEGORIES, type IdentifierCategory } from '@chartward/policy'

/** A category of identifiers by its letter, A to R, in 45 CFR 164.514(b)(2)(i). */
export type CategoryLetter = Exclude<IdentifierCategory, 'none'>

export const isCategoryLetter = (letter: string): letter is CategoryLetter =>
  Object.hasOwn(IDENTIFIER_CATEGORIES, letter)

/** All eighteen, in order. */
export const CATEGORY_LETTERS: readonly CategoryLetter[] =
  Object.keys(IDENTIFIER_CATEGORIES).filter(isCategoryLetter)
