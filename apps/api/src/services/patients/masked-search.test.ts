import { builtInPolicy, type FieldPath, ROLE_NAMES, type RoleName } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { refusalOf } from '../../testing/entries.ts'
import { insertVouched } from '../../testing/rows.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { newPatient, type Person, personOn, type Registered } from '../break-glass/testing/ward.ts'
import { as, draft, forceByTwo, newName, type Somebody } from '../roles/testing/house.ts'

/*
 * Every way in which somebody looks for a patient, a claim or a person by what they type, with the field that
 * each looks in. Whoever sees one of these masked, or not at all, is refused: an answer would tell what the
 * mask hides. Written by hand; a new search is added here.
 */
const born = '1961-04-12'
interface Search {
  readonly permission: 'vault:patient:search' | 'vault:claim:search' | 'care:break-glass:search'
  readonly fields: readonly FieldPath[]
  readonly ask: (call: Person['call'], known: Registered) => Promise<unknown>
}
const ofClaims = (...fields: FieldPath[]): Pick<Search, 'permission' | 'fields'> => ({
  permission: 'vault:claim:search',
  fields,
})
const SEARCHES: Readonly<Record<string, Search>> = {
  'patients by MRN': {
    permission: 'vault:patient:search',
    fields: ['Patient.mrn'],
    ask: (call, { mrn }) => call.patients.search({ by: 'mrn', text: mrn }),
  },
  'patients by name': {
    permission: 'vault:patient:search',
    fields: ['Patient.name'],
    ask: (call, { family }) => call.patients.search({ by: 'name', text: family }),
  },
  'an emergency by MRN': {
    permission: 'care:break-glass:search',
    fields: ['Patient.mrn'],
    ask: (call, { mrn }) => call.breakGlass.search({ mrn }),
  },
  'an emergency by name': {
    permission: 'care:break-glass:search',
    fields: ['Patient.name', 'Patient.birthDate'],
    ask: (call, { family }) => call.breakGlass.search({ name: `Ada ${family}`, birthDate: born }),
  },
  'claims by number': {
    ...ofClaims('Claim.identifier', 'ExplanationOfBenefit.identifier'),
    ask: (call) => call.claims.search({ number: 'C-1' }),
  },
  'claims by payer': {
    ...ofClaims('Claim.insurer', 'Claim.insurance', 'ExplanationOfBenefit.insurer'),
    ask: (call) => call.claims.search({ payer: 'Some payer' }),
  },
  'claims by month': {
    ...ofClaims('Claim.billablePeriod', 'Claim.item', 'Claim.created'),
    ask: (call) => call.claims.search({ month: '2024-05' }),
  },
  'claims by MRN': {
    ...ofClaims('Patient.mrn'),
    ask: (call, { mrn }) => call.claims.search({ mrn }),
  },
  'claims by amount': {
    ...ofClaims('Claim.total', 'ExplanationOfBenefit.total'),
    ask: (call) => call.claims.search({ month: '2024-05', atLeast: '1' }),
  },
  'claims by status': {
    ...ofClaims('Claim.status', 'ExplanationOfBenefit.status'),
    ask: (call) => call.claims.search({ month: '2024-05', status: 'active' }),
  },
}

let t: TestApp
let known: Registered
let admin: Somebody
let officer: Somebody
const people = new Map<RoleName, Person>()
beforeAll(async () => {
  t = await createTestApp()
  admin = await as(t, 'administrator')
  officer = await as(t, 'security-officer')
  known = await newPatient(t, { birthDate: born })
  for (const role of ROLE_NAMES) if (role !== 'patient') people.set(role, await personOn(t, role))
})
afterAll(() => t.stop())

const mayAsk = (role: RoleName, { permission }: Search): boolean =>
  builtInPolicy.roles[role]?.statements.some(
    ({ effect, permissions }) => effect === 'allow' && permissions.some((one) => one === permission),
  ) === true

const outcomeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'answered',
    () => 'refused',
  )

describe.each(Object.entries(SEARCHES))('a search for %s', (_, search) => {
  it('is answered to those roles alone that have it and see what it looks in', async () => {
    for (const [role, person] of people) {
      // Of the roles as they ship each sees what its searches look in, but the billing clerk a name.
      const seesIt = !(role === 'billing' && search.fields.includes('Patient.name'))
      const may = mayAsk(role, search) && seesIt
      expect([role, await outcomeOf(search.ask(person.call, known))]).toEqual([
        role,
        may ? 'answered' : 'refused',
      ])
    }
  })
})

/** Somebody with a role of their own, which reaches all patients and takes one field away. */
const without = async (search: Search, field: FieldPath): Promise<Person> => {
  const name = newName()
  const isMasked = field.startsWith('Patient.')
  const reach = { permissions: [{ permission: search.permission, rows: 'all' as const }] }
  const clear = ['class:identity', 'class:contact', 'class:clinical', 'class:billing'] as const
  await draft(admin, name, [], null, {
    ...reach,
    clear: [...clear],
    ...(isMasked ? { masked: [field] } : { hidden: [field] }),
  })
  await forceByTwo([admin, officer], name, 1)
  const person = await personOn(t, [])
  await insertVouched(t.app, 'role-assignment', [
    {
      id: newId(),
      userId: person.id,
      role: name,
      roleVersion: 1,
      reason: Buffer.from('for a test'),
      startsAt: t.now,
      createdAt: t.now,
    },
  ])
  return person
}

const LOOKED_IN = Object.entries(SEARCHES)
  // Whoever may look in an emergency sees what is looked in, whatever else the role shows.
  .filter(([, { permission }]) => permission !== 'care:break-glass:search')
  .flatMap(([name, search]) => search.fields.map((field) => [name, field, search] as const))

describe('whoever sees a field masked, or not at all', () => {
  it.each(LOOKED_IN)('is refused a search for %s: %s', async (_, field, search) => {
    const person = await without(search, field)
    expect(await refusalOf(search.ask(person.call, known))).toBe('FORBIDDEN')
  })
})
