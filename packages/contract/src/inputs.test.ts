import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import * as contract from './index.ts'

const id = '0192F0C0-0000-7000-8000-00000000000A'
const lower = id.toLowerCase()

describe('an input', () => {
  it('has ids in lower case, and nothing that is none', () => {
    expect(contract.getUserInput.parse({ id })).toEqual({ id: lower })
    for (const wrong of ['', 'x', `${id}0`, `{${id}}`, ` ${id}`])
      expect(contract.getUserInput.safeParse({ id: wrong }).success).toBe(false)
  })

  it('has texts without what stands around them, and counts what is left', () => {
    expect(contract.reason.parse('  to see\n')).toBe('to see')
    expect(contract.reason.safeParse('  ab   ').success).toBe(false)
    expect(contract.reason.safeParse('x'.repeat(501)).success).toBe(false)
    expect(contract.reason.parse(` ${'x'.repeat(500)} `)).toHaveLength(500)
    expect(contract.displayName.safeParse(' ').success).toBe(false)
    expect(contract.newEmail.parse(' a@example.test ')).toBe('a@example.test')
    expect(contract.newEmail.safeParse('a@example').success).toBe(false)
  })

  it('has codes and NPIs without their spaces', () => {
    expect(contract.verifyTotpInput.parse({ code: ' 123 456 ' })).toEqual({ code: '123456' })
    expect(contract.verifyTotpInput.safeParse({ code: '12345' }).success).toBe(false)
    expect(contract.stepUpInput.parse({ code: '123 456' })).toEqual({ code: '123456' })
    expect(contract.stepUpInput.parse({ code: 'abcd-efgh' })).toEqual({ code: 'abcd-efgh' })
    const link = { userId: id, npi: '99 1234 5678', reason: 'for a test' }
    expect(contract.requestPractitionerLinkInput.parse(link).npi).toBe('9912345678')
    expect(contract.requestPractitionerLinkInput.safeParse({ ...link, npi: '99123456789' }).success).toBe(
      false,
    )
  })

  it('has dates as Date, and of the log their text beside them', () => {
    const end = { userId: id, role: 'nurse', reason: 'for a test', endsAt: '2027-01-01' }
    expect(contract.assignRoleInput.parse(end).endsAt).toEqual(new Date('2027-01-01'))
    expect(contract.assignRoleInput.safeParse({ ...end, endsAt: 'soon' }).success).toBe(false)
    const from = '2026-11-22T02:47:00.000001+01:00'
    expect(contract.searchEntriesInput.parse({ from }).from).toEqual({ text: from, date: new Date(from) })
    expect(contract.searchEntriesInput.safeParse({ from: '2026-11-22' }).success).toBe(false)
    const wanted = { purpose: 'a purpose long enough', types: ['Patient'] }
    for (const asOf of ['2026-11-22', '2026-11-22T00:00:00Z'])
      expect(contract.requestExportInput.parse({ ...wanted, asOf }).asOf).toEqual(new Date('2026-11-22'))
    expect(contract.requestExportInput.safeParse({ ...wanted, types: ['Practitioner'] }).success).toBe(false)
  })

  it('has pages of 50 where none is asked for, and of 200 at most', () => {
    expect(contract.listRecordsInput.parse({ patientId: id, type: 'Patient' }).limit).toBe(50)
    expect(contract.searchEntriesInput.parse({}).limit).toBe(50)
    for (const limit of [0, 201, 1.5, '1'])
      expect(contract.searchEntriesInput.safeParse({ limit }).success).toBe(false)
  })

  it('may be left out where nothing is asked for', () => {
    expect(contract.listRolesInput.parse(undefined)).toBeUndefined()
    expect(contract.listRolesInput.parse({})).toEqual({})
  })

  it('asks for two sizes of the log in their order', () => {
    const { error } = contract.proveConsistencyInput.safeParse({ from: 2, to: 1 })
    expect(error).toBeInstanceOf(z.core.$ZodError)
    expect(error?.issues.map(({ path }) => path)).toEqual([['to']])
  })
})

/**
 * Every text that stands in a schema's definition, but those of a pipe's end, which get what its begin let
 * by.
 */
const textsOf = (schema: unknown, seen = new Set<unknown>()): z.ZodMiniString[] => {
  if (seen.has(schema)) return []
  seen.add(schema)
  if (schema instanceof z.ZodMiniPipe) return textsOf(schema.def.in, seen)
  if (schema instanceof z.ZodMiniString) return [schema]
  if (Array.isArray(schema)) return schema.flatMap((part) => textsOf(part, seen))
  if (!(schema instanceof z.ZodMiniType)) return []
  const shape = schema instanceof z.ZodMiniObject ? Object.values(schema.shape) : []
  return [...Object.values(schema.def), ...shape].flatMap((part) => textsOf(part, seen))
}

const INPUTS = Object.entries<unknown>(contract).filter(([name]) => name.endsWith('Input'))
const LENGTHS = Array.from({ length: 600 }, (_, length) => length)

/** Whether the text takes the character somewhere in a text of some length. */
const takes = (schema: z.ZodMiniString, character: string): boolean =>
  LENGTHS.some((length) => schema.safeParse(`${'x'.repeat(length)}${character}x`).success)

describe('a text of an input', () => {
  const all = INPUTS.flatMap(([name, schema]) => textsOf(schema).map((found) => [name, found] as const))

  it('is found by the walk, wherever it stands', () => {
    expect(all.length).toBeGreaterThan(40)
    const plain = z.string()
    for (const planted of [
      z.strictObject({ a: z.optional(plain) }),
      z.array(z.union([z.number(), plain])),
      z.pipe(
        plain,
        z.transform((value) => value),
      ),
    ])
      expect(textsOf(planted).filter((found) => takes(found, '\0'))).toEqual([plain])
  })

  it.each([
    ['NUL', '\0'],
    ['half of a surrogate pair', '\uD800'],
    ['the other half', '\uDFFF'],
  ])('holds no %s', (_name, character) => {
    expect(all.filter(([, found]) => takes(found, character)).map(([name]) => name)).toEqual([])
  })

  const UNSEEN = [
    ...'\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u200E\u200F\u061C',
    ...'\u200B\u2060\u2063\uFEFF\u00AD\u180E\u2028\u2029\u3164\u2800\u0007\u001B\u0085',
    '\u{E0041}',
    'x\u200D',
    'x\u200C',
  ]
  it.each(UNSEEN.map((character) => [character.codePointAt(0)?.toString(16), character]))(
    'that others read says what it seems to say: no U+%s',
    (_code, character) => {
      const given = `abcdefghij${character}klmno`
      for (const schema of [contract.reason, contract.displayName, contract.requestExportInput.shape.purpose])
        expect(schema.safeParse(given).success).toBe(false)
      expect(contract.newEmail.safeParse(`ab${character}cd@example.test`).success).toBe(false)
      expect(contract.newEmail.safeParse(`ab@exa${character}mple.test`).success).toBe(false)
    },
  )

  it.each([
    'نسرین کریمی',
    'می‌خواهم',
    'क्‍ष',
    'Zoë O’Neill-Ångström',
    '山田 太郎',
    'Nguyễn Thị',
    '👩🏽‍⚕️ asked'.replace('\u200D', ''),
  ])('may be written in any script: %s', (given) => {
    expect(contract.displayName.parse(given)).toBe(given)
  })

  it('has ends of lines where it is a reason, and not where it is a name', () => {
    expect(contract.reason.safeParse('one\ntwo\tthree').success).toBe(true)
    expect(contract.displayName.safeParse('one\ntwo').success).toBe(false)
  })
})
