import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createGunzip } from 'node:zlib'
import { withTransaction } from '@chartward/db'
import { npiOf } from '@chartward/fhir'
import type { PatientId, RecordId } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App } from '../../app.ts'
import { patientsInCareOf } from '../../care/relationship.ts'
import { newId } from '../../core/ids.ts'
import { sequenceAll, sequencerOf } from '../../sequencer/testing/log-kit.ts'
import { auditEntries } from '../../testing/entries.ts'
import { signInAs } from '../../testing/sign-in.ts'
import { startedLater } from '../../testing/started-later.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { checkDatabase } from '../audit/check-database.ts'
import { practitionerByNpi } from '../directory/directory.ts'
import { careReach, reachText } from './care-reach.ts'
import { importFhir } from './import-fhir.ts'
import { Practitioners } from './practitioners.ts'
import { storeCare } from './store-care.ts'
import { importTexts, ndjson } from './testing/inputs.ts'

const shared = (path: string) => fileURLToPath(new URL(`../../../../../../shared/${path}`, import.meta.url))
const CASES = shared('cases/fhir/')
const BULK = shared('data/fhir-real/bulk-export/')
const SYSTEM = 'http://hl7.org/fhir/sid/us-npi'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.stop())

let made = 0
const fresh = (): string => {
  made += 1
  return `c${made}`
}
const freshNpi = (): string => {
  made += 1
  const nine = `98${String(made).padStart(7, '0')}`
  return [...'0123456789'].map((digit) => `${nine}${digit}`).find((npi) => npiOf(npi) !== null) ?? ''
}

const patient = (id: string) => ({ resourceType: 'Patient', id, name: [{ family: 'Okafor' }] })
const practitioner = (id: string, npi: string, family = 'Reed') => ({
  resourceType: 'Practitioner',
  id,
  name: [{ family }],
  identifier: [{ system: SYSTEM, value: npi }],
})
const encounter = (id: string, of: string, individual: object, more: object = {}) => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { code: 'AMB' },
  subject: { reference: `Patient/${of}` },
  participant: [{ individual }],
  period: { start: '2026-10-01T09:00:00Z', end: '2026-10-01T10:00:00Z' },
  ...more,
})
const role = (id: string, reference: string, more: object = {}) => ({
  resourceType: 'PractitionerRole',
  id,
  practitioner: { reference },
  ...more,
})
const team = (id: string, of: string, member: object, more: object = {}) => ({
  resourceType: 'CareTeam',
  id,
  status: 'active',
  subject: { reference: `Patient/${of}` },
  participant: [{ member }],
  ...more,
})
const bundle = (type: string, base: string, ...resources: readonly (object & { id: string })[]) => ({
  resourceType: 'Bundle',
  type,
  entry: resources.map((resource) => ({
    fullUrl: `${base}/${'resourceType' in resource ? resource.resourceType : ''}/${resource.id}`,
    resource,
  })),
})
const byId = (id: string) => ({ reference: `Practitioner/${id}` })
const bySearch = (npi: string) => ({ reference: `Practitioner?identifier=${SYSTEM}|${npi}` })

async function* lines(resources: readonly object[]): AsyncGenerator<Uint8Array> {
  for (const resource of resources) yield Buffer.from(`${JSON.stringify(resource)}\n`)
}
interface From {
  readonly trusted?: boolean
  readonly source?: string
  readonly base?: string
  readonly asGiven?: boolean
  /** The process that does it. */
  readonly app?: App
}
const load = async (
  { app = test.app, ...from }: From,
  ...resources: readonly object[]
): Promise<string[]> => {
  const { codes } = await importTexts(app, { 'care.ndjson': ndjson(...resources) }, from)
  return codes
}

/** How many patients somebody reaches who is linked to the practitioner with this NPI. */
const reached = async (npi: string): Promise<number> => {
  const { id: practitionerId = '' } = (await practitionerByNpi(test.app, npi)) ?? {}
  return reachedBy(practitionerId)
}
const reachedBy = async (practitionerId: string): Promise<number> => {
  const { userId } = await signInAs(test.app, 'clinician', { practitionerId })
  return (await patientsInCareOf(test.app, userId, test.now)).length
}
const lastImported = async () => (await auditEntries(test.app, 'record.imported')).at(-1)

describe('a practitioner whom a record names', () => {
  const ways: Readonly<Record<string, (id: string, npi: string) => [individual: object, more?: object]>> = {
    'by id': (id) => [byId(id)],
    'by a search for the NPI': (_, npi) => [bySearch(npi)],
    'by a search, encoded and with more parameters': (_, npi) => [
      { reference: `Practitioner?active=true&identifier=${encodeURIComponent(`${SYSTEM}|${npi}`)}` },
    ],
    'by an identifier alone': (_, npi) => [{ identifier: { system: SYSTEM, value: npi } }],
    'as a contained resource': (id, npi) => [
      { reference: '#me' },
      { contained: [{ ...practitioner(id, npi), id: 'me' }] },
    ],
    'through a contained role': (id) => [
      { reference: '#role' },
      { contained: [{ resourceType: 'PractitionerRole', id: 'role', practitioner: byId(id) }] },
    ],
  }
  const orders: Readonly<Record<string, (p: object, d: object, e: object) => object[][]>> = {
    'who comes before': (p, d, e) => [[d, p, e]],
    'who comes later in the file': (p, d, e) => [[p, e, d]],
    'who comes in a later run': (p, d, e) => [[p], [e], [d]],
  }
  for (const [way, name] of Object.entries(ways))
    for (const [order, arranged] of Object.entries(orders))
      it(`${way}, ${order}, has care`, async () => {
        const [p, d, npi] = [fresh(), fresh(), freshNpi()]
        const [individual, more] = name(d, npi)
        const visit = encounter(fresh(), p, individual, more)
        for (const run of arranged(patient(p), practitioner(d, npi), visit)) await load({}, ...run)
        expect(await reached(npi)).toBe(1)
      })

  it('and who comes in a run that is killed before it has linked them, is linked by the next', async () => {
    const [p, d, npi] = [fresh(), fresh(), freshNpi()]
    await load({}, patient(p), encounter(fresh(), p, byId(d)))
    const killed = new AbortController()
    const dying = importFhir(test.app, lines([practitioner(d, npi)]), {
      trusted: true,
      author: 'service:import',
      // The last word before the links are made.
      onProgress: () => killed.abort(),
      signal: killed.signal,
    })
    await expect(dying).rejects.toThrow()
    expect(await reached(npi)).toBe(0)
    await load({}, patient(fresh()))
    expect(await reached(npi)).toBe(1)
    const entry = await lastImported()
    expect(entry).toMatchObject({ count: 0, facts: { by: 'directory', trusted: true } })
    expect(entry?.facts.careRelationships).toHaveLength(1)
    const [due] = await test.app.db.sql<{ n: number }[]>`select count(*)::int as n from care_due`
    expect(due?.n).toBe(0)
  })

  it('is linked by what the directory says now: an NPI that was wrong gives, and then takes', async () => {
    const [p, d, wrong, right] = [fresh(), fresh(), freshNpi(), freshNpi()]
    await load({}, practitioner(d, wrong), patient(p), encounter(fresh(), p, bySearch(wrong)))
    const { id = '' } = (await practitionerByNpi(test.app, wrong)) ?? {}
    expect(await reachedBy(id)).toBe(1)
    await load({}, practitioner(d, right))
    expect(await reachedBy(id)).toBe(0)
    expect((await lastImported())?.facts.careTaken).toHaveLength(1)
  })

  it('is shown by the NPI that it is found by: the first that is one, however its system is written', async () => {
    const [d, npi] = [fresh(), freshNpi()]
    const identifier = [
      { system: SYSTEM, value: '1234567890' },
      { system: 'urn:oid:2.16.840.1.113883.4.6', value: `${npi.slice(0, 4)} ${npi.slice(4)}` },
      { system: SYSTEM, value: freshNpi() },
    ]
    await load({}, { ...practitioner(d, npi), identifier })
    expect(await practitionerByNpi(test.app, npi)).toMatchObject({ npi })
    expect(await practitionerByNpi(test.app, '1234567890')).toBeNull()
  })
})

describe('a role and a team', () => {
  const orders: Readonly<Record<string, (all: object[]) => object[][]>> = {
    'in order': (all) => [all],
    'in one file, backwards': (all) => [all.toReversed()],
    'each in a run of its own, the practitioner last': (all) =>
      [...all.slice(1), ...all.slice(0, 1)].map((one) => [one]),
  }
  it.each(Object.entries(orders))(
    'give care by a role that is stored, and by a team: %s',
    async (_, runs) => {
      const [p, q, d, r, npi] = [fresh(), fresh(), fresh(), fresh(), freshNpi()]
      const byRole = { reference: `PractitionerRole/${r}` }
      const records = [encounter(fresh(), p, byRole), team(fresh(), q, byRole)]
      const people = [practitioner(d, npi), role(r, `Practitioner/${d}`), patient(p), patient(q)]
      for (const run of runs([...people, ...records])) expect(await load({}, ...run)).toEqual([])
      expect(await reached(npi)).toBe(2)
      const { id = '' } = (await practitionerByNpi(test.app, npi)) ?? {}
      const kinds = await test.app.db.sql`
      select kind from care_relationships where practitioner_id = ${id} and trusted order by kind`
      expect(kinds.map(({ kind }) => kind)).toEqual(['care-team', 'encounter'])
    },
  )

  it('take it away by what the role, or the team, says later', async () => {
    const [p, q, d, e, r, t, npi] = [fresh(), fresh(), fresh(), fresh(), fresh(), fresh(), freshNpi()]
    const other = freshNpi()
    const byRole = { reference: `PractitionerRole/${r}` }
    await load({}, practitioner(d, npi), practitioner(e, other), role(r, `Practitioner/${d}`))
    await load({}, patient(p), patient(q), team(t, p, byId(d)), encounter(fresh(), q, byRole))
    expect(await reached(npi)).toBe(2)
    await load({}, team(t, p, byId(d), { status: 'entered-in-error' }))
    expect(await reached(npi)).toBe(1)
    await load({}, role(r, `Practitioner/${e}`))
    expect([await reached(npi), await reached(other)]).toEqual([0, 1])
    const extended = { modifierExtension: [{ url: 'http://x.example/not', valueBoolean: true }] }
    await load({}, role(r, `Practitioner/${e}`, extended))
    expect(await reached(other)).toBe(0)
  })

  it('of an untrusted file give nothing', async () => {
    const [p, q, d, r, npi] = [fresh(), fresh(), fresh(), fresh(), freshNpi()]
    await load({}, practitioner(d, npi), patient(p), patient(q))
    await load({ trusted: false }, role(r, `Practitioner/${d}`), team(fresh(), p, byId(d)))
    await load({}, encounter(fresh(), q, { reference: `PractitionerRole/${r}` }))
    expect(await reached(npi)).toBe(0)
  })
})

describe('of two servers with the same ids', () => {
  const A = 'https://a.example/fhir'
  const B = 'https://b.example/fhir'

  it.each(['before', 'after'])(
    'each practitioner has the care of their own, who come %s the records',
    async (when) => {
      const source = { source: `servers-${when}` }
      const [p, d, r, mine, other] = ['1', '1', '1', freshNpi(), freshNpi()]
      const byRole = { reference: `PractitionerRole/${r}` }
      const people = [
        bundle('collection', A, practitioner(d, mine), role(r, `Practitioner/${d}`)),
        bundle('collection', B, practitioner(d, other, 'Moss'), role(r, `Practitioner/${d}`)),
      ]
      const records = [
        bundle('collection', A, patient(p), encounter('1', p, byId(d))),
        bundle(
          'collection',
          B,
          patient(p),
          encounter('1', p, byRole),
          patient('2'),
          encounter('2', '2', byId(d)),
        ),
      ]
      for (const one of when === 'before' ? [...people, ...records] : [...records, ...people])
        expect(await load(source, one)).toEqual([])
      expect([await reached(mine), await reached(other)]).toEqual([1, 2])
    },
  )

  it('nobody is meant by an id of which nothing says the server, unless it is told', async () => {
    const from = { source: 'servers-untold' }
    const [mine, other] = [freshNpi(), freshNpi()]
    await load(from, bundle('collection', A, practitioner('1', mine), patient('1'), patient('2')))
    await load(from, bundle('collection', B, practitioner('1', other, 'Moss'), patient('9')))
    const absolute = { subject: { reference: `${A}/Patient/1` } }
    await load(from, encounter(fresh(), '1', byId('1'), absolute))
    expect([await reached(mine), await reached(other)]).toEqual([0, 0])
    const told = { ...from, base: 'b.example/fhir' }
    expect(await load(told, encounter(fresh(), '9', byId('1')))).toEqual([])
    expect([await reached(mine), await reached(other)]).toEqual([0, 1])
    // Looked at again by another run, it is as it was.
    await load(from, bundle('collection', B, practitioner('1', other, 'Mossman-Moss')))
    expect([await reached(mine), await reached(other)]).toEqual([0, 1])
  })
})

describe('two sources', () => {
  it('that have the same person under one NPI give that person the care of both', async () => {
    const [p, q, d, npi] = [fresh(), fresh(), fresh(), freshNpi()]
    await load({}, practitioner(d, npi, 'Müller'), patient(p), encounter(fresh(), p, byId(d)))
    const { id = '' } = (await practitionerByNpi(test.app, npi)) ?? {}
    const lab = { source: 'lab' }
    await load(lab, practitioner('other', npi, 'MULLER'), patient(q), encounter(fresh(), q, byId('other')))
    expect(await reachedBy(id)).toBe(2)
    expect((await practitionerByNpi(test.app, npi))?.id).toBe(id)
  })

  it('whose ids are the same name different people', async () => {
    const [p, d, npi] = [fresh(), fresh(), freshNpi()]
    await load({}, practitioner(d, npi))
    await load({ source: 'clinic' }, patient(p), encounter(fresh(), p, byId(d)))
    expect(await reached(npi)).toBe(0)
  })

  it('that name different people by one NPI give nobody anything by it', async () => {
    const [p, q, d, e, npi] = [fresh(), fresh(), fresh(), fresh(), freshNpi()]
    await load({}, practitioner(d, npi, 'Reed'), patient(p), encounter(fresh(), p, bySearch(npi)))
    const { id = '' } = (await practitionerByNpi(test.app, npi)) ?? {}
    expect(await reachedBy(id)).toBe(1)
    await load({ source: 'lab' }, practitioner(e, npi, 'Moss'))
    expect(await reachedBy(id)).toBe(0)
    // By its own id each is still who it is.
    await load({}, patient(q), encounter(fresh(), q, byId(d)))
    expect(await reachedBy(id)).toBe(1)
  })
})

describe('an untrusted file', () => {
  const UNTRUSTED = { trusted: false, source: 'upload' }

  it('makes nobody anybody by a practitioner with an NPI, or an id, of its choice', async () => {
    const [p, q, d, npi] = [fresh(), fresh(), fresh(), freshNpi()]
    await load({ trusted: false }, practitioner(d, npi, 'Mallory'))
    await load({}, patient(p), encounter(fresh(), p, bySearch(npi)))
    await load({}, patient(q), encounter(fresh(), q, byId(d)))
    expect(await reached(npi)).toBe(0)
    // Nor does it keep the real one from their care.
    await load({ source: 'real' }, practitioner(fresh(), npi, 'Reed'))
    expect(await reached(npi)).toBe(1)
  })

  it('gives nobody care by an encounter that names an NPI, nor takes any', async () => {
    const [p, d, npi, visit] = [fresh(), fresh(), freshNpi(), fresh()]
    await load({}, practitioner(d, npi))
    await load(UNTRUSTED, patient(p), encounter(fresh(), p, bySearch(npi)))
    expect(await reached(npi)).toBe(0)
    await load({}, patient(p), encounter(visit, p, byId(d)))
    await load({ trusted: false }, encounter(visit, p, byId(d), { status: 'entered-in-error' }))
    expect(await reached(npi)).toBe(1)
  })

  it('is not made trusted by whoever writes the database', async () => {
    const [p, d, npi] = [fresh(), fresh(), freshNpi()]
    await load({ trusted: false }, practitioner(d, npi, 'Mallory'))
    const owner = test.database.open('chartward_owner', 1)
    const { id = '' } = (await practitionerByNpi(test.app, npi)) ?? {}
    await owner.sql`update directory_entries set trusted = true where id = ${id}`
    await load({}, patient(p), encounter(fresh(), p, bySearch(npi)), encounter(fresh(), p, byId(d)))
    expect(await reachedBy(id)).toBe(0)
    await owner.sql`update directory_entries set trusted = false where id = ${id}`
  })
})

describe('a correction', () => {
  /** A patient with one encounter, and what the encounter is corrected to. */
  const corrected = async (more: object, individual?: object) => {
    const [p, d, npi, visit] = [fresh(), fresh(), freshNpi(), fresh()]
    await load({}, practitioner(d, npi), patient(p), encounter(visit, p, byId(d)))
    expect(await reached(npi)).toBe(1)
    await load({}, encounter(visit, p, individual ?? byId(d), more))
    return { npi, restore: () => load({ asGiven: true }, encounter(visit, p, byId(d))) }
  }

  it.each([
    ['entered in error', { status: 'entered-in-error' }],
    ['cancelled', { status: 'cancelled' }],
    ['a plan', { status: 'planned' }],
    ['unknown', { status: 'unknown' }],
    ['without anybody', { participant: [] }],
    ['changed by what nobody understands', { modifierExtension: [{ url: 'x', valueBoolean: true }] }],
    ['still to come', { status: 'in-progress', period: { start: '2120-01-01' } }],
    ['long over', { period: { start: '1990', end: '1990' } }],
  ])('of an encounter to %s takes its access away, at once and with an entry', async (_, more) => {
    const { npi, restore } = await corrected(more)
    expect(await reached(npi)).toBe(0)
    const entry = await lastImported()
    expect(entry?.facts.careTaken).toHaveLength(1)
    await restore()
    expect(await reached(npi)).toBe(1)
  })

  it('by which the source deletes an encounter takes its access away, and its return gives it again', async () => {
    const [p, d, npi, visit] = [fresh(), fresh(), freshNpi(), fresh()]
    await load({}, practitioner(d, npi), patient(p), encounter(visit, p, byId(d)))
    expect(await reached(npi)).toBe(1)
    const deleted = { request: { method: 'DELETE', url: `Encounter/${visit}` } }
    const history = { resourceType: 'Bundle', type: 'history', entry: [deleted] }
    await load({ trusted: false }, history)
    expect(await reached(npi)).toBe(1)
    expect(await load({}, history)).toEqual([])
    expect(await reached(npi)).toBe(0)
    expect((await lastImported())?.facts.careTaken).toHaveLength(1)
    await load({}, encounter(visit, p, byId(d), { period: { start: '2026-10-02', end: '2026-10-03' } }))
    expect(await reached(npi)).toBe(1)
  })

  it('of whom it names takes it from one and gives it to the other', async () => {
    const other = freshNpi()
    await load({}, practitioner(fresh(), other))
    const { npi } = await corrected({}, bySearch(other))
    expect([await reached(npi), await reached(other)]).toEqual([0, 1])
  })

  it('of one encounter leaves what others bear out', async () => {
    const [p, d, npi, one] = [fresh(), fresh(), freshNpi(), fresh()]
    const open = { status: 'in-progress', period: { start: '2014-03-01' } }
    await load({}, practitioner(d, npi), patient(p))
    await load({}, encounter(one, p, byId(d), open), encounter(fresh(), p, byId(d)))
    const { id = '' } = (await practitionerByNpi(test.app, npi)) ?? {}
    const span = async () => {
      const rows = await test.app.db.sql<{ starts_at: Date; ends_at: Date | null }[]>`
        select starts_at, ends_at from care_relationships where practitioner_id = ${id}`
      const day = (at: Date | null | undefined) => (at ? new Date(at).toISOString().slice(0, 10) : null)
      return rows.map((row) => [day(row.starts_at), day(row.ends_at)])
    }
    expect(await span()).toEqual([['2014-03-01', null]])
    await load({}, encounter(one, p, byId(d), { ...open, status: 'finished' }))
    expect(await span()).toEqual([['2014-03-01', '2026-10-02']])
    await load({}, encounter(one, p, byId(d), { status: 'entered-in-error' }))
    expect(await span()).toEqual([['2026-10-01', '2026-10-02']])
    expect(await reached(npi)).toBe(1)
  })

  it('is not undone by whoever puts the relationship back, nor known only to this process', async () => {
    const [p, d, npi, visit] = [fresh(), fresh(), freshNpi(), fresh()]
    await load({}, practitioner(d, npi), patient(p), encounter(visit, p, byId(d)))
    const { id: practitionerId = '' } = (await practitionerByNpi(test.app, npi)) ?? {}
    const owner = test.database.open('chartward_owner', 1)
    await owner.sql`create table kept as
      select * from care_relationships where practitioner_id = ${practitionerId}`
    await load({}, encounter(visit, p, byId(d), { status: 'entered-in-error' }))
    const exchange = async () => {
      await owner.sql`create table current as select * from care_relationships where id in (select id from kept)`
      await owner.sql`update care_relationships c set trusted = k.trusted, narrowed = k.narrowed,
        row_version = k.row_version, seal = k.seal from kept k where k.id = c.id`
      await owner.sql`drop table kept`
      await owner.sql`alter table current rename to kept`
    }
    await exchange()
    const later = await startedLater(test)
    const { userId } = await signInAs(test.app, 'clinician', { practitionerId })
    expect(await patientsInCareOf(later, userId, test.now)).toEqual([])
    await exchange()
    await owner.sql`drop table kept`
  })

  it('takes access away also where somebody has put in a relationship beside it', async () => {
    const [p, d, npi, visit] = [fresh(), fresh(), freshNpi(), fresh()]
    await load({}, practitioner(d, npi), patient(p), encounter(visit, p, byId(d)))
    const { id: practitionerId = '' } = (await practitionerByNpi(test.app, npi)) ?? {}
    const owner = test.database.open('chartward_owner', 1)
    const planted = newId()
    await owner.sql`insert into care_relationships (patient_id, id, practitioner_id, kind, trusted, starts_at, row_version, seal)
      select patient_id, ${planted}, practitioner_id, kind, true, '2000-01-01', 1, seal from care_relationships
      where practitioner_id = ${practitionerId}`
    await load({}, encounter(visit, p, byId(d), { status: 'cancelled' }))
    expect(await reached(npi)).toBe(0)
    await owner.sql`delete from care_relationships where id = ${planted}`
  })

  it('is no correction where an untrusted record comes upon a trusted one unseen', async () => {
    const [p, d, npi] = [fresh(), fresh(), freshNpi()]
    await load({}, practitioner(d, npi), patient(p), encounter(fresh(), p, byId(d)))
    const owner = test.database.open('chartward_owner', 1)
    const [row] = await owner.sql<{ patient_id: PatientId; id: RecordId }[]>`
      select patient_id, id from records where resource_type = 'Encounter' order by id desc limit 1`
    if (row === undefined) throw new Error('there is no encounter')
    const seen = { recordId: row.id, source: 'main', trusted: false, links: null }
    const stored = await withTransaction(test.app.db, [row.patient_id], (tx) =>
      storeCare(tx, test.app, new Practitioners(test.app), { patientId: row.patient_id }, [seen]),
    )
    expect(stored).toEqual({ given: [], taken: [], written: false })
    expect(await reached(npi)).toBe(1)
  })

  it('is not made, and nothing given, by a list of care that somebody else has written', async () => {
    const [p, d, npi] = [fresh(), fresh(), freshNpi()]
    await load({}, practitioner(d, npi), patient(p), encounter(fresh(), p, byId(d), { status: 'planned' }))
    const owner = test.database.open('chartward_owner', 1)
    const [{ id } = { id: '' }] = await owner.sql<{ id: string }[]>`
      select id from care_lists order by id desc limit 1`
    const [kept] = await owner.sql`select digest, standing from care_lists where id = ${id}`
    for (const column of ['digest', 'standing']) {
      const value = column === 'digest' ? Buffer.alloc(32) : 'known'
      await owner.sql`update care_lists set ${owner.sql({ [column]: value })} where id = ${id}`
      // That patient alone, by name: the others' are stored.
      const q = fresh()
      const codes = await load({}, encounter(fresh(), p, byId(d)), patient(q), encounter(fresh(), q, byId(d)))
      expect(codes).toEqual(['not-stored'])
      expect(await reached(npi)).toBe(column === 'digest' ? 1 : 2)
      await owner.sql`update care_lists set ${owner.sql({ [column]: kept?.[column] })} where id = ${id}`
    }
    expect(await reached(npi)).toBe(2)
    expect(await load({}, encounter(fresh(), p, byId(d)))).toEqual([])
    expect(await reached(npi)).toBe(3)
  })

  it('is not given again by the list of before a correction, put back with the tokens by which it waits', async () => {
    const [p, d, npi, visit] = [fresh(), fresh(), freshNpi(), fresh()]
    await load({}, practitioner(d, npi), patient(p), encounter(visit, p, byId(d)))
    const owner = test.database.open('chartward_owner', 1)
    const [{ id } = { id: '' }] = await owner.sql<{ id: string }[]>`
      select patient_id as id from care_lists order by id desc limit 1`
    const keep = (name: string) =>
      owner.sql.unsafe(`create table ${name}_lists as select * from care_lists where patient_id = '${id}';
        create table ${name}_tokens as select * from care_tokens where patient_id = '${id}'`)
    const putBack = (name: string) =>
      owner.sql.begin((sql) =>
        sql.unsafe(`set local session_replication_role = replica;
          delete from care_lists where patient_id = '${id}'; insert into care_lists select * from ${name}_lists;
          delete from care_tokens where patient_id = '${id}'; insert into care_tokens select * from ${name}_tokens`),
      )
    await keep('before')
    await load({}, encounter(visit, p, byId(d), { status: 'entered-in-error' }))
    expect(await reached(npi)).toBe(0)
    await keep('corrected')
    const later = await startedLater(test)
    await putBack('before')
    expect(await load({ app: later }, practitioner(d, npi, 'Newname'))).toEqual(['care-not-settled'])
    expect(await reached(npi)).toBe(0)
    await putBack('corrected')
    expect(await load({}, patient(fresh()))).toEqual([])
    expect(await reached(npi)).toBe(0)
  })

  it('of a list of care is named where a practitioner comes, keeps nobody else, and is made up for later', async () => {
    const [p, q, d, npi] = [fresh(), fresh(), fresh(), freshNpi()]
    await load({}, patient(p), encounter(fresh(), p, byId(d)))
    const owner = test.database.open('chartward_owner', 1)
    const [{ id, digest } = { id: '', digest: Buffer.alloc(0) }] = await owner.sql<
      { id: string; digest: Buffer }[]
    >`select id, digest from care_lists order by id desc limit 1`
    await load({}, patient(q), encounter(fresh(), q, byId(d)))
    await owner.sql`update care_lists set digest = ${Buffer.alloc(32)} where id = ${id}`
    expect(await load({}, practitioner(d, npi))).toEqual(['care-not-settled'])
    expect(await reached(npi)).toBe(1)
    await owner.sql`update care_lists set digest = ${digest} where id = ${id}`
    expect(await load({}, patient(fresh()))).toEqual([])
    expect(await reached(npi)).toBe(2)
    const [due] = await test.app.db.sql<{ n: number }[]>`select count(*)::int as n from care_due`
    expect(due?.n).toBe(0)
  })
})

describe('whom nobody can open', () => {
  it('is counted with the reason', async () => {
    const before = await careReach(test.app)
    const p = Array.from({ length: 6 }, fresh)
    const [known, d] = [freshNpi(), fresh()]
    await load({}, practitioner(d, known), ...p.map(patient))
    await load({}, encounter(fresh(), p[0] ?? '', byId(d)))
    await load({}, encounter(fresh(), p[1] ?? '', byId('nobody')))
    await load({}, encounter(fresh(), p[2] ?? '', byId(d), { status: 'cancelled' }))
    await load({}, encounter(fresh(), p[3] ?? '', byId(d), { period: { start: '1990', end: '1991' } }))
    await load({ trusted: false }, encounter(fresh(), p[4] ?? '', byId(d)))
    const after = await careReach(test.app)
    const more = Object.fromEntries(
      Object.entries(after).map(([key, n]) => [
        key,
        n - (Object.entries(before).find(([k]) => k === key)?.[1] ?? 0),
      ]),
    )
    expect(more).toEqual({ patients: 6, notLinked: 1, unknown: 1, over: 2, untrusted: 1, unnamed: 1 })
    expect(await reached(known)).toBe(1)
    expect((await careReach(test.app)).notLinked).toBe(before.notLinked)
  })

  it('is said in a sentence of counts, and not at all where there is none', () => {
    const none = { patients: 3, notLinked: 0, over: 0, unknown: 0, untrusted: 0, unnamed: 0 }
    expect(reachText(none)).toBeNull()
    expect(reachText({ ...none, unknown: 2, over: 1 })).toBe(
      "3 of 3 patients are in nobody's care: 1 whose care is over, cancelled or taken back; 2 with a practitioner who is not in the directory of trusted files",
    )
  })
})

it("the auditor's check finds nothing amiss with what was given and taken", async () => {
  const auditor = test.database.open('chartward_auditor', 1)
  await sequenceAll(sequencerOf(test))
  const { problems } = await checkDatabase(auditor.sql, { appendKey: null, verifierKey: '' })
  expect(problems.filter(({ detail }) => / care (?:relationship|list) /.test(detail))).toEqual([])
})

describe.skipIf(!existsSync(CASES))('the cases of ../shared (where they are there)', () => {
  const CLINICIAN = { id: '3842c3c2-1dc0-4ecc-b2e8-969b5dabb835', npi: '9976335262' }
  const file = (name: string) => load({ source: 'cases' }, ...parsed(readFileSync(`${CASES}${name}`, 'utf8')))
  const parsed = (text: string): object[] => {
    const lines = text.trim().split('\n')
    return text.startsWith('{\n') ? [JSON.parse(text)] : lines.map((line) => JSON.parse(line))
  }

  it('give care where the record says so, and nowhere else', async () => {
    await load({ source: 'cases' }, practitioner(CLINICIAN.id, CLINICIAN.npi))
    await file('v1-encounter-entered-in-error.ndjson')
    expect(await reached(CLINICIAN.npi)).toBe(0)
    await file('a1-conditional-practitioner.json')
    expect(await reached(CLINICIAN.npi)).toBe(1)
    await file('b1-open-ended.json')
    expect(await reached(CLINICIAN.npi)).toBe(2)
    const [open] = await test.app.db.sql`
      select from care_relationships where starts_at = '2014-03-01' and ends_at is null and trusted`
    expect(open).toBeDefined()
    for (const type of ['Patient', 'Encounter', 'Practitioner']) await file(`k2-${type}.ndjson`)
    expect(await reached('1234567893')).toBe(1)
  })
})

describe.skipIf(!existsSync(BULK))('a bulk export of ../shared (where it is there)', () => {
  it('gives each of its 13 patients a care relationship, with the practitioners last', async () => {
    const own = await createTestApp()
    try {
      const rank = (name: string) => ['Patient', 'Encounter'].indexOf(name.split('.')[0] ?? '')
      const types = /^(Patient|Encounter|Practitioner)\./
      const files = readdirSync(BULK).filter((name) => types.test(name))
      for (const name of files.sort((a, b) => ((rank(a) + 3) % 3) - ((rank(b) + 3) % 3))) {
        const chunks = createReadStream(`${BULK}${name}`).pipe(createGunzip())
        await importFhir(own.app, chunks, { trusted: true, author: 'service:import' })
      }
      const [row] = await own.app.db.sql<{ n: number }[]>`
        select count(distinct patient_id)::int as n from care_relationships where trusted`
      expect(row?.n).toBe(13)
      expect(await careReach(own.app)).toMatchObject({ patients: 13, unknown: 0, unnamed: 0 })
    } finally {
      await own.stop()
    }
  })
})
