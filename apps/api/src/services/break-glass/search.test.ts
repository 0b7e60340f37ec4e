import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { entriesOfRequest, refusalOf } from '../../testing/entries.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { isFullName } from './full-name.ts'
import { newFamily, newPatient, personOn } from './testing/ward.ts'

let t: TestApp
beforeAll(async () => {
  t = await createTestApp()
})
afterAll(() => t.stop())

const nurse = () => personOn(t, 'nurse')

describe('a search in an emergency', () => {
  it('finds by the whole MRN, and shows name, year of birth and sex, and nothing else', async () => {
    const { call } = await nurse()
    const { patientId, mrn, family } = await newPatient(t)
    const found = await call.breakGlass.search({ mrn })
    expect(found).toEqual({
      items: [{ patientId, name: `Ada ${family}`, birthYear: '1961', sex: 'female' }],
      tooMany: false,
    })
    expect((await call.breakGlass.search({ mrn: mrn.slice(0, -1) })).items).toEqual([])
  })

  it('finds by full name with the birth date, however it is spelt, and by no part of either', async () => {
    const { patientId, family, birthDate } = await newPatient(t)
    const find = async (name: string, born = birthDate) => {
      const { call } = await nurse()
      const { items } = await call.breakGlass.search({ name, birthDate: born })
      return items.map((one) => one.patientId)
    }
    for (const name of [`Ada ${family}`, `${family}, ada`, `ÁDA ${family.toLowerCase()}`])
      expect(await find(name)).toEqual([patientId])
    for (const name of [family, `A ${family}`, `Ada ${family.slice(0, -1)}`, `Ada Maria ${family}`])
      expect(await find(name)).toEqual([])
    expect(await find(`Ada ${family}`, '1961-04-13')).toEqual([])
  })

  it('shows three people at most: of more it shows none, and says so', async () => {
    const family = newFamily()
    for (let n = 0; n < 3; n++) await newPatient(t, { family })
    const wanted = { name: `Ada ${family}`, birthDate: '1961-04-12' }
    const { call } = await nurse()
    expect((await call.breakGlass.search(wanted)).items).toHaveLength(3)
    await newPatient(t, { family })
    expect(await call.breakGlass.search(wanted)).toEqual({ items: [], tooMany: true })
  })

  it('names each of whom something was shown in its entry, and nothing of what was typed', async () => {
    const family = newFamily()
    const shown = [await newPatient(t, { family }), await newPatient(t, { family })]
    const { call, context } = await nurse()
    await call.breakGlass.search({ name: `Ada ${family}`, birthDate: '1961-04-12' })
    const [entry] = await entriesOfRequest(t.app, context.requestId)
    expect(entry).toMatchObject({
      action: 'patient.emergency-searched',
      fields: ['Patient.gender', 'Patient.name'],
      masked: ['Patient.birthDate'],
      facts: { patients: shown.map(({ patientId }) => patientId).toSorted() },
    })
    expect(JSON.stringify(entry)).not.toContain(family)
    const officer = await personOn(t, 'privacy-officer')
    const [access] = (await officer.call.audit.accesses({ patientId: shown[0]?.patientId ?? '' })).items
    expect(access).toMatchObject({ action: 'patient.emergency-searched', patients: 2 })
  })

  it('asks for enough, and says at its field what that is', async () => {
    const { call } = await nurse()
    const wrong: object[] = [{}, { name: 'Ada Quince' }, { birthDate: '1961-04-12' }]
    for (const input of wrong) expect(await refusalOf(call.breakGlass.search(input))).toBe('INVALID_INPUT')
    const nothing = [{ mrn: '--' }, { name: 'A', birthDate: '1961-04-12' }]
    for (const input of nothing) expect(await refusalOf(call.breakGlass.search(input))).toBe('INVALID_INPUT')
  })

  it('is bounded for each person, so that nobody tries people out', async () => {
    const [one, another] = [await nurse(), await nurse()]
    const search = ({ call }: typeof one) => call.breakGlass.search({ mrn: 'NO-SUCH-NUMBER' })
    const tried = await Promise.allSettled(Array.from({ length: 15 }, () => search(one)))
    expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(10)
    expect(await refusalOf(search(one))).toBe('TOO_MANY_REQUESTS')
    expect((await search(another)).items).toEqual([])
    const now = t.now
    t.now = new Date(now.getTime() + 60_000)
    expect((await search(one)).items).toEqual([])
    t.now = now
  })

  it('finds nobody whose own record is labelled for others than the searcher', async () => {
    const meta = {
      security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'V' }],
    }
    const { mrn } = await newPatient(t, { patientMore: { meta } })
    const { call } = await nurse()
    expect((await call.breakGlass.search({ mrn })).items).toEqual([])
  })
})

describe('a full name', () => {
  const names = [
    { family: "O'Brien-Łukasz", given: ['Ana', 'María'] },
    { text: 'Prince' },
    { family: '王', given: ['小明'] },
  ]
  it.each([
    ["Ana O'Brien-Łukasz", true],
    ['obrien lukasz ana', true],
    ['Ana María O’Brien Lukasz', true],
    ['王小明', true],
    ['Ana', false],
    ['O’Brien-Łukasz', false],
    ['Prince', false],
    ['Ana Brien', false],
    ['', false],
  ])('%s: %s', (typed, is) => {
    expect(isFullName(typed, names)).toBe(is)
  })
})
