import { builtInPolicy, type Policy } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditEntries } from '../../testing/entries.ts'
import { signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { importFhir } from '../import/import-fhir.ts'
import { patientsRouter } from './router.ts'

const callerFor = createCallerFactory(router({ patients: patientsRouter }))
type Caller = ReturnType<typeof callerFor>
type Order = 'last-contact' | 'name'

const PRACTITIONER = '11111111-2222-4333-8444-999999999999'
const PEOPLE = 57

let test: TestApp
let clinician: Caller
let practitionerId: string

/** The first is called A0, the next A1: names against the order in which they were seen. */
const familyOf = (at: number): string => `${String.fromCharCode(65 + (at % 26))}${Math.floor(at / 26)}`
const dayOf = (at: number): string => new Date(Date.UTC(2026, 7, 1 + at)).toISOString().slice(0, 10)

const person = (at: number): object[] => [
  {
    resourceType: 'Patient',
    id: `p${at}`,
    ...(at === 30 ? {} : { name: [{ family: at === 31 ? 'écu' : familyOf(at), given: ['Ann'] }] }),
    ...(at === 32 ? { meta: { security: [{ code: 'V' }] } } : {}),
  },
  {
    resourceType: 'Encounter',
    id: `e${at}`,
    subject: { reference: `Patient/p${at}` },
    status: 'finished',
    class: { code: 'AMB' },
    participant: [{ individual: { reference: `Practitioner/${PRACTITIONER}` } }],
    period: { start: `${dayOf(at)}T09:00:00Z`, end: `${dayOf(at)}T10:00:00Z` },
  },
]

beforeAll(async () => {
  test = await createTestApp()
  async function* lines() {
    const all = [
      { resourceType: 'Practitioner', id: PRACTITIONER, name: [{ family: 'Doctor' }] },
      ...Array.from({ length: PEOPLE }, (_, at) => person(at)).flat(),
    ]
    for (const resource of all) yield Buffer.from(`${JSON.stringify(resource)}\n`)
  }
  await importFhir(test.app, lines(), { trusted: true, author: 'service:import' })
  const [link] = await test.app.db.sql<{ practitioner_id: string }[]>`
    select distinct practitioner_id from care_relationships`
  practitionerId = link?.practitioner_id ?? ''
  clinician = callerFor((await signInAs(test.app, 'clinician', { practitionerId })).context)
})
afterAll(() => test.stop())

const pages = async (order: Order, caller = clinician) => {
  const found = []
  let cursor: string | null | undefined
  while (cursor !== null) {
    const page = await caller.patients.mine({ order, ...(cursor === undefined ? {} : { cursor }) })
    found.push(page)
    cursor = page.nextCursor
  }
  return found
}

const sourceIds = (
  items: readonly { readonly values: Record<string, unknown>; readonly withheld: boolean }[],
) => items.map(({ values, withheld }) => (withheld ? 'withheld' : String(values.id)))

describe('one’s own patients', () => {
  it('come by last contact through all pages, each once, and the answer says so', async () => {
    const found = await pages('last-contact')
    expect(found.map(({ items }) => items.length)).toEqual([50, PEOPLE - 50])
    expect(new Set(found.map(({ order }) => order))).toEqual(new Set(['last-contact']))
    const items = found.flatMap((page) => page.items)
    expect(sourceIds(items)).toEqual(
      Array.from({ length: PEOPLE }, (_, i) => PEOPLE - 1 - i).map((at) =>
        at === 32 ? 'withheld' : `p${at}`,
      ),
    )
    expect(items[0]?.relationship?.lastContact).toBe(`${dayOf(PEOPLE - 1)}T23:59:59.999Z`)
    expect(await clinician.patients.mine({})).toMatchObject({ order: 'last-contact', whyNotByName: null })
  })

  it('come by name, whatever accents and case, those without one that may be shown last, and no name is in a cursor', async () => {
    const found = await pages('name')
    expect(found.map(({ items, order }) => [items.length, order])).toEqual([
      [50, 'name'],
      [PEOPLE - 50, 'name'],
    ])
    expect(found[0]?.nextCursor).toMatch(/^name\.[0-9a-f-]{36}$/)
    const ids = sourceIds(found.flatMap(({ items }) => items))
    expect(ids.slice(0, 4)).toEqual(['p0', 'p26', 'p52', 'p1'])
    // Between E1 and F0.
    expect(ids.slice(ids.indexOf('p31') - 1, ids.indexOf('p31') + 2)).toEqual(['p56', 'p31', 'p5'])
    expect(ids.slice(-2).toSorted()).toEqual(['p30', 'withheld'])
    expect(new Set(ids).size).toBe(PEOPLE)
  })

  it('leave an entry of those who were shown, and not of all whose names were looked at', async () => {
    const { items } = await clinician.patients.mine({ order: 'name' })
    const [last] = (await auditEntries(test.app, 'patient.listed')).slice(-1)
    expect(last).toMatchObject({ count: items.length, patientId: null })
  })

  it('are not put in order by names that the reader sees masked: that would tell what the mask hides', async () => {
    const { nurse } = builtInPolicy.roles
    if (nurse === undefined) throw new Error('there is no nurse')
    const statements = nurse.statements.map((statement) =>
      statement.id === 'nurse/read-care'
        ? { ...statement, masked: [...(statement.masked ?? []), 'Patient.name' as const] }
        : statement,
    )
    const policy: Policy = {
      ...builtInPolicy,
      roles: { ...builtInPolicy.roles, nurse: { ...nurse, statements } },
    }
    const { context } = await signInAs(test.app, 'nurse', { practitionerId })
    const app = { ...context.app, policies: { inForce: async () => policy } }
    const { items, order, whyNotByName } = await callerFor({ ...context, app }).patients.mine({
      order: 'name',
    })
    expect([order, whyNotByName]).toEqual(['last-contact', 'not-permitted'])
    expect(items[0]?.values.name).toMatchObject({ masked: true })
    expect(sourceIds(items).slice(0, 2)).toEqual([`p${PEOPLE - 1}`, `p${PEOPLE - 2}`])
  })

  it('begin anew after somebody who has left one’s care, rather than leave anybody out', async () => {
    const gone = '0192f0c0-0000-7000-8000-00000000000a'
    const { items } = await clinician.patients.mine({ order: 'name', cursor: `name.${gone}` })
    expect(sourceIds(items)[0]).toBe('p0')
    const changed = await clinician.patients.mine({ order: 'last-contact', cursor: `name.${gone}` })
    expect(sourceIds(changed.items)[0]).toBe(`p${PEOPLE - 1}`)
  })
})
