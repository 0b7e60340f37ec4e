import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { NAME_SEARCH_NEEDS } from '@chartward/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { importFhir } from '../import/import-fhir.ts'
import { patientsRouter } from './router.ts'

const CASES = fileURLToPath(new URL('../../../../../../shared/cases/fhir/f1-names.ndjson', import.meta.url))
const callerFor = createCallerFactory(router({ patients: patientsRouter }))

let test: TestApp
let caller: ReturnType<typeof callerFor>
beforeAll(async () => {
  test = await createTestApp()
  caller = callerFor((await signInAs(test.app, 'privacy-officer')).context)
})
afterAll(() => test.stop())

interface Name {
  readonly use?: string
  readonly text?: string
  readonly family?: string
  readonly given?: readonly string[]
}

/** Brings a patient in, and gives the MRN by which results are told apart. */
const bring = async (name: readonly Name[], mrn = newId().slice(-12)): Promise<string> => {
  const type = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] }
  const patient = { resourceType: 'Patient', id: newId(), identifier: [{ type, value: mrn }], name }
  await bringLines(`${JSON.stringify(patient)}\n`)
  return mrn
}

const bringLines = async (text: string): Promise<void> => {
  async function* lines(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(text)
  }
  await importFhir(test.app, lines(), { trusted: true, author: 'service:import' })
}

/** The MRNs of whoever is found by a name. */
const found = async (text: string): Promise<string[]> => {
  const { items } = await caller.patients.search({ by: 'name', text })
  return items.map(({ values }) => (values.mrn as { value: string }[])[0]?.value ?? '')
}

const told = async (text: string): Promise<unknown> =>
  caller.patients.search({ by: 'name', text }).catch((error: unknown) => String(error))

describe('a search by name', () => {
  it.each<[Name, readonly string[]]>([
    [
      { family: 'Smith-Jones', given: ['Zelda'] },
      ['Smith', 'JONES', 'Smith-Jones', 'smith jones', 'smithjones'],
    ],
    [
      { family: 'de la Cruz', given: ['Zoltan'] },
      ['cruz', 'de la Cruz', 'Zoltan Cruz', 'la Cruz', 'cru zol'],
    ],
    [
      { family: "O'Brien", given: ['Zara'] },
      ["O'Brien", 'O’Brien', 'OBrien', 'O Brien', 'brien', 'Zara o´brien'],
    ],
    [{ family: 'García Márquez', given: ['Zita'] }, ['marquez', 'GARCÍA', 'Márquez García', 'zita marquez']],
    [{ family: 'Mora', given: ['Lucía'] }, ['Lucia Mora', 'mora lucia', 'Mora, Lucía', 'LUCÍA']],
    [{ text: 'Maria Lopez' }, ['lopez', 'Maria', 'López, María', 'mar lop']],
    [
      { family: 'Tan', given: ['Wei Ling'], text: 'Tan Wei Ling (Grace)' },
      ['grace', 'ling tan', 'Wei Grace'],
    ],
    [{ text: '王小明' }, ['王', '小明', '王小明', '王 小明', '明']],
    [{ family: '李', given: ['小龙'] }, ['李小龙', '小龙 李', '李']],
    [{ text: '김철수' }, ['김', '철수', '김철수']],
    [
      { family: '山田', given: ['太郎'], text: 'ヤマダ タロウ' },
      ['山田太郎', '太郎', 'やまだ', 'ﾀﾛｳ', 'たろう やまだ'],
    ],
    [{ family: '𠮷野', given: ['花'] }, ['𠮷', '野花']],
    [{ family: 'السيد', given: ['محمّد'] }, ['محمد', 'السيد محمد']],
    [{ family: 'כהן', given: ['שָׁלוֹם'] }, ['שלום', 'כהן']],
    [{ family: 'ใจดี', given: ['สมชาย'] }, ['สมชาย ใจดี', 'ใจด']],
    [{ family: 'Нгуенова', given: ['Ёлка'] }, ['елка', 'НГУЕНОВА']],
    [{ family: 'Παπαδόπουλος', given: ['Οδυσσεύς'] }, ['ΟΔΥΣΣΕΥΣ', 'παπαδοπουλοσ']],
    [{ family: 'Weißmüller', given: ['Łucja'] }, ['WEISSMULLER', 'lucja', 'weiß']],
    [{ family: 'Işıkoğlu', given: ['İpek'] }, ['isikoglu', 'İPEK', 'ıpek']],
    [{ family: 'Sørensen', given: ['Ægir', 'Đuro'] }, ['sorensen', 'aegir', 'duro ægir']],
    [{ family: 'Ng', given: ['Q'] }, ['ng', 'Q Ng']],
    [{ family: 'Nguyễn', given: ['Thị', 'Mỹ-Linh'] }, ['nguyen', 'my linh', 'Linh NGUYỄN']],
  ])('finds %o by any part of it, in any order and spelling', async (name, all) => {
    const mrn = await bring([name])
    for (const text of all) expect(await found(text), text).toContain(mrn)
  })

  it('finds by a former name too', async () => {
    const mrn = await bring([
      { use: 'official', family: 'Abernathy', given: ['Quenby'] },
      { use: 'maiden', family: 'Thistlewood' },
    ])
    for (const text of ['Thistlewood', 'thistlewood quenby', 'Abernathy'])
      expect(await found(text), text).toEqual([mrn])
  })

  it('finds the words in all of one person’s names, and not in two people’s', async () => {
    const mrn = await bring([{ family: 'Prendergast', given: ['Quilla'] }])
    await bring([{ family: 'Prenderby', given: ['Oswin'] }])
    expect(await found('prender quilla')).toEqual([mrn])
    expect(await found('quilla oswin')).toEqual([])
  })

  it('shows nobody whose token is shared and whose name is another', async () => {
    const mrn = await bring([{ family: 'Winterbourne', given: ['Ida'] }])
    const other = await bring([{ family: 'Summerfield', given: ['Ida'] }])
    const owner = test.database.open('chartward_owner', 1)
    // As if all tokens of the two were the same: what truncation does to some.
    await owner.sql`
      insert into search_tokens (patient_id, field, key_version, token)
      select b.patient_id, t.field, t.key_version, t.token
      from search_tokens t, (select distinct patient_id from search_tokens) b on conflict do nothing`
    expect(await found('winterbourne')).toEqual([mrn])
    expect(await found('summer ida')).toEqual([other])
  })

  it('says what to type where it was too little, and how much there has to be', async () => {
    for (const text of ['a', 'Ö.', '-', '???', '’'])
      expect(await told(text), text).toContain(NAME_SEARCH_NEEDS)
    expect(NAME_SEARCH_NEEDS).toMatch(/three letters.*Chinese, Japanese and Korean one character/)
  })

  it('is broken by no name, however it is made', async () => {
    const odd = [
      '-',
      '???',
      ' ',
      'X',
      '\u0301',
      '\u200B',
      '1',
      '—',
      'ー',
      'a'.repeat(5000),
      'b '.repeat(3000),
    ]
    const mrn = await bring([{ family: 'Okonedo', given: odd }, { text: '-' }, {}])
    expect(await found('okonedo')).toEqual([mrn])
    const { items } = await caller.patients.search({ by: 'name', text: 'okonedo' })
    const [row] = await test.database.open('chartward_owner', 1).sql<{ tokens: number }[]>`
      select count(*)::int as tokens from search_tokens
      where field = 'Patient.name' and patient_id = ${items[0]?.id ?? ''}`
    expect(row?.tokens).toBeGreaterThan(20)
    expect(row?.tokens).toBeLessThanOrEqual(512)
  })

  it('knows an MRN of marks alone to be no MRN: it is kept, has no token, and ends nothing', async () => {
    const mrn = await bring([{ family: 'Placeholderson' }], '-')
    expect(await found('placeholderson')).toEqual([mrn])
  })
})

describe.skipIf(!existsSync(CASES))('names of many scripts (where ../shared/cases is there)', () => {
  it('are each found by any part, in any case, with or without accents', async () => {
    const text = readFileSync(CASES, 'utf8')
    await bringLines(text)
    const patients = text
      .split('\n')
      .filter((line) => line.includes('"resourceType":"Patient"'))
      .map((line): { identifier: { value: string }[]; name: Name[] } => JSON.parse(line))
    expect(patients.length).toBeGreaterThan(5)
    for (const { identifier, name } of patients) {
      for (const { family = '', given = [], text: whole = '' } of name) {
        const parts = [
          family,
          ...given,
          whole,
          ...`${family} ${given.join(' ')} ${whole}`.split(/[\s()'’-]+/u),
        ]
        for (const part of parts.filter((one) => one.length > 1 || /\p{scx=Han}|\p{scx=Hangul}/u.test(one)))
          for (const spelt of [
            part,
            part.toUpperCase(),
            part.toLowerCase(),
            part.normalize('NFD').replace(/[\u0300-\u036f]/g, ''),
          ])
            expect(await found(spelt), spelt).toContain(identifier[0]?.value)
      }
    }
  })
})
