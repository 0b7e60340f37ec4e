import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import * as z from 'zod/mini'
import { accessSearch, fileOf, isNarrowed, wantedOf } from './access-search.ts'

const patient = '01a227e3-bc14-760c-9cc3-28553c1fe4c2'
const search = z.object(accessSearch)

// A page without a time zone of its own: days are those of UTC.
beforeAll(() => void vi.stubGlobal('document', { querySelector: () => null }))
afterAll(() => vi.unstubAllGlobals())

describe('a look at who saw a patient', () => {
  it('asks for everything where nothing is narrowed', () => {
    expect(wantedOf(patient, {})).toEqual({ patientId: patient })
    expect(fileOf(patient, {})).toBe(`/audit/accesses/${patient}`)
    expect(isNarrowed({})).toBe(false)
  })

  it('has the last day whole, on the page and in the file', () => {
    const day = { from: '2026-11-22', to: '2026-11-22' }
    const { from = '', to = '' } = wantedOf(patient, day)
    expect(Date.parse(to) - Date.parse(from)).toBe(86_400_000)
    const file = new URL(fileOf(patient, day), 'http://localhost')
    expect(Object.fromEntries(file.searchParams)).toEqual({ from, to })
  })

  it('takes ids, days and words of the list from an address, and nothing else', () => {
    const typed = { actor: 'Jane Smith', action: 'user.viewed', from: 'yesterday', to: '2026-11-22' }
    expect(search.parse(typed)).toEqual({ to: '2026-11-22' })
    expect(search.parse({ actor: patient, action: 'record.viewed' })).toEqual({
      actor: patient,
      action: 'record.viewed',
    })
  })
})
