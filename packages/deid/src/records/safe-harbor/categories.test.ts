import { FIELD_PATHS, fieldOf, IDENTIFIER_CATEGORIES } from '@chartward/policy'
import { describe, expect, it } from 'vitest'
import { CATEGORY_COVERAGE } from './categories.ts'

describe('the coverage of the eighteen categories', () => {
  it('has each of A to R once, in order', () => {
    expect(CATEGORY_COVERAGE.map(({ letter }) => letter).join('')).toBe('ABCDEFGHIJKLMNOPQR')
    for (const { letter, title, done } of CATEGORY_COVERAGE) {
      expect(title).toBe(IDENTIFIER_CATEGORIES[letter])
      expect(done).not.toBe('')
    }
  })

  it('names each field under the category that the catalog declares', () => {
    for (const path of FIELD_PATHS) {
      const category = fieldOf(path)?.identifier
      if (category === undefined || category === 'none') continue
      const covered = CATEGORY_COVERAGE.find(({ letter }) => letter === category)
      expect(covered?.fields.map((field) => field.path)).toContain(path)
    }
  })

  it('lets no field of a category through but by the treatment that the category allows', () => {
    const allowed: Record<string, readonly string[]> = {
      B: ['drop', 'state-zip3'],
      C: ['drop', 'year', 'birth-year'],
      R: ['drop', 'fresh-id', 'codes'],
    }
    for (const { letter, fields } of CATEGORY_COVERAGE)
      for (const { path, treatment } of fields) {
        const declared = fieldOf(path)?.identifier
        const rule = declared === letter ? letter : (declared ?? letter)
        // A reference to the person who pays is one to a record: its name is left behind.
        const byReference = path === 'Coverage.subscriber' ? ['fresh-id'] : []
        expect([...(allowed[rule] ?? ['drop']), ...byReference], path).toContain(treatment)
      }
  })

  it('of free text, narrative, names, contacts, identifiers and attachments nothing is released', () => {
    for (const path of FIELD_PATHS) {
      const field = fieldOf(path)
      if (
        field !== undefined &&
        [
          'string',
          'Narrative',
          'Annotation[]',
          'HumanName[]',
          'ContactPoint[]',
          'Identifier[]',
          'Attachment[]',
        ].includes(field.type)
      )
        expect(field.safeHarbor, path).toBe('drop')
    }
  })
})
