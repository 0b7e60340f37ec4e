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
