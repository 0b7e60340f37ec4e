import type { PatientId } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { checkDatabase } from '../audit/check-database.ts'
import { practitionerById, practitionerByNpi } from '../directory/directory.ts'
import { patientsRouter } from '../patients/router.ts'
import { type ImportProblem, importFhir } from './import-fhir.ts'
import { importFile } from './import-files.ts'

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.stop())

/** Ids as a source might give them, which no other test uses. */
let made = 0
const fresh = (): string => {
  made += 1
  return `s${made}`
}

const patient = (id: string, family = 'Okafor') => ({
  resourceType: 'Patient',
  id,
  name: [{ family, given: ['Ada'] }],
})
const practitioner = (id: string, family: string, npi: string) => ({
  resourceType: 'Practitioner',
  id,
  name: [{ family, given: ['Ann'] }],
  identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: npi }],
})
const encounter = (id: string, of: string, by: string, start: string, end?: string) => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { code: 'AMB' },
  subject: { reference: `Patient/${of}` },
  participant: [{ individual: { reference: `Practitioner/${by}` } }],
  period: { start, ...(end === undefined ? {} : { end }) },
})

async function* lines(resources: readonly object[]): AsyncGenerator<Uint8Array> {
  for (const resource of resources) yield Buffer.from(`${JSON.stringify(resource)}\n`)
}

const TRUSTED = { trusted: true } as const
const UNTRUSTED = { trusted: false } as const

const load = async (
  from: { readonly trusted: boolean; readonly source?: string },
  ...resources: readonly object[]
) => {
  const problems: ImportProblem[] = []
  const done = await importFhir(test.app, lines(resources), {
    ...from,
    author: 'service:import',
    onProblem: (problem) => problems.push(problem),
  })
  return { done, problems, codes: problems.map(({ code }) => code) }
}

/** A valid NPI (Luhn over 80840 and the digits, 45 CFR 162.406) that no other test uses. */
const freshNpi = (): string => {
  made += 1
  const base = `1${String(made).padStart(8, '0')}`
  const sum = [...`80840${base}`].toReversed().reduce((total, digit, i) => {
    const doubled = Number(digit) * (i % 2 === 0 ? 2 : 1)
    return total + (doubled > 9 ? doubled - 9 : doubled)
  }, 0)
  return `${base}${(10 - (sum % 10)) % 10}`
}

const nameOf = async (id: string): Promise<string | undefined> => (await practitionerById(test.app, id))?.name

/** The one relationship of a practitioner who is in the directory under this NPI. */
const relationshipOf = async (npi: string) => {
  const found = await practitionerByNpi(test.app, npi)
  const rows = await test.app.db.sql<{ trusted: boolean; starts_at: Date; ends_at: Date }[]>`
    select trusted, starts_at, ends_at from care_relationships where practitioner_id = ${found?.id ?? newId()}`
  expect(rows).toHaveLength(1)
  const [row] = rows
  const [from, end] = [new Date(row?.starts_at ?? 0), new Date(row?.ends_at ?? 0)]
  // Dates stand clear in the database: they say the day and no more, and the last day counts to its end.
  expect([from, end].map((at) => at.toISOString().slice(11))).toEqual(['00:00:00.000Z', '00:00:00.000Z'])
  return { trusted: row?.trusted, from: day(from), to: day(new Date(end.getTime() - 1)) }
}
const day = (at: Date | string | undefined) =>
  at === undefined ? undefined : new Date(at).toISOString().slice(0, 10)

const waitUntilBlocked = async () => {
  const owner = test.database.open('chartward_owner', 1)
  await expect
    .poll(
      async () => {
        const [row] = await owner.sql<{ n: number }[]>`
          select count(*)::int as n from pg_locks l join pg_stat_activity a using (pid)
          where not l.granted and a.datname = current_database()`
        return row?.n
      },
      { timeout: 10_000, interval: 10 },
    )
    .toBeGreaterThan(0)
}

describe('care relationships of trusted and untrusted files', () => {
  const [p, d] = [fresh(), fresh()]

  it('an untrusted file neither widens nor keeps alive a trusted relationship', async () => {
    const npi = freshNpi()
    await load(
      TRUSTED,
      practitioner(d, 'Reed', npi),
      patient(p),
      encounter(fresh(), p, d, '2020-03-01', '2020-03-02'),
    )
    await load(UNTRUSTED, encounter(fresh(), p, d, '2001-01-01', '2026-10-01'))
    expect(await relationshipOf(npi)).toEqual({ trusted: true, from: '2020-03-01', to: '2020-03-02' })
  })

  it('a trusted file takes the place of the dates of an untrusted one, and widens its own', async () => {
    const [npi, q, e] = [freshNpi(), fresh(), fresh()]
    await load(
      UNTRUSTED,
      practitioner(e, 'Moss', npi),
      patient(q),
      encounter(fresh(), q, e, '2001-01-01', '2026-10-01'),
    )
    expect(await relationshipOf(npi)).toEqual({ trusted: false, from: '2001-01-01', to: '2026-10-01' })
    await load(TRUSTED, practitioner(e, 'Moss', npi), encounter(fresh(), q, e, '2020-03-01', '2020-03-02'))
    expect(await relationshipOf(npi)).toEqual({ trusted: true, from: '2020-03-01', to: '2020-03-02' })
    await load(TRUSTED, encounter(fresh(), q, e, '2019-05-01', '2021-06-01'))
    expect(await relationshipOf(npi)).toEqual({ trusted: true, from: '2019-05-01', to: '2021-06-01' })
  })

  it('an end that is still to come counts up to now, and a start to come for no time', async () => {
    const today = day(test.now)
    const [npi, late, q, e, f] = [freshNpi(), freshNpi(), fresh(), fresh(), fresh()]
    await load(
      TRUSTED,
      practitioner(e, 'Vale', npi),
      practitioner(f, 'Wren', late),
      patient(q),
      encounter(fresh(), q, e, '2020-03-01', '9999-12-31'),
      encounter(fresh(), q, f, '2120-03-01', '9999-12-31'),
    )
    expect(await relationshipOf(npi)).toEqual({ trusted: true, from: '2020-03-01', to: today })
    expect(await relationshipOf(late)).toEqual({ trusted: true, from: '2120-03-01', to: '2120-03-01' })
  })

  it('one that comes with no new record is in the log under its patient all the same', async () => {
    const [npi, q, e, visit] = [freshNpi(), fresh(), fresh(), fresh()]
    const seen = encounter(visit, q, e, '2020-03-01', '2020-03-02')
    await load(TRUSTED, patient(q), seen)
    // The practitioner becomes known after the encounter, which itself has not changed.
    const { done } = await load(TRUSTED, practitioner(e, 'Lark', npi), seen)
    expect(done).toMatchObject({ created: 1, unchanged: 1 })
    const found = await practitionerByNpi(test.app, npi)
    const [row] = await test.app.db.sql<{ id: string; patient_id: PatientId }[]>`
      select id, patient_id from care_relationships where practitioner_id = ${found?.id ?? ''}`
    const entry = (await auditEntries(test.app, 'record.imported')).at(-1)
    expect(entry).toMatchObject({ patientId: row?.patient_id, count: 0, facts: { trusted: true } })
    expect(entry?.facts.careRelationships).toEqual([row?.id])
    const before = (await auditEntries(test.app)).length
    await load(TRUSTED, seen)
    expect(await auditEntries(test.app)).toHaveLength(before)
  })
})

describe('what a trusted file has stored', () => {
  it('is not changed by an untrusted one, which may only add', async () => {
    const [p, visit] = [fresh(), fresh()]
    await load(TRUSTED, patient(p, 'Okafor'), encounter(visit, p, fresh(), '2020-03-01'))
    const again = await load(
      UNTRUSTED,
      patient(p, 'Mallory'),
      encounter(visit, p, fresh(), '2020-03-01', '2020-04-01'),
      encounter(fresh(), p, fresh(), '2021-03-01'),
    )
    expect(again.codes).toEqual(['from-trusted-source', 'from-trusted-source'])
    expect(again.problems.map(({ line }) => line)).toEqual([1, 2])
    expect(again.done).toMatchObject({ created: 1, updated: 0, unchanged: 0, rejected: 2 })
    expect((await load(TRUSTED, patient(p, 'Okafor'))).done).toMatchObject({ unchanged: 1 })
  })

  it('is what it is by a trusted file that says the same of an untrusted record', async () => {
    const p = fresh()
    await load(UNTRUSTED, patient(p, 'Okafor'))
    expect((await load(UNTRUSTED, patient(p, 'Obi'))).done).toMatchObject({ updated: 1 })
    expect((await load(TRUSTED, patient(p, 'Obi'))).done).toMatchObject({ updated: 0, unchanged: 1 })
    expect((await auditEntries(test.app, 'record.imported')).at(-1)?.facts.vouched).toBe(1)
    expect((await load(UNTRUSTED, patient(p, 'Mallory'))).codes).toEqual(['from-trusted-source'])
  })

  it('is not changed by an untrusted file that had looked before it was trusted', async () => {
    const p = fresh()
    await load(UNTRUSTED, patient(p, 'Okafor'))
    const owner = test.database.open('chartward_owner', 1)
    const lock = await owner.sql.reserve()
    await lock`begin`
    await lock`select set_config('chartward.rows', '*', true)`
    const [held] = await lock`select record_id from source_ids order by record_id desc limit 1 for update`
    const late = load(UNTRUSTED, patient(p, 'Mallory'))
    await waitUntilBlocked()
    await lock`update source_ids set trusted = true where record_id = ${held?.record_id}`
    await lock`commit`
    lock.release()
    expect((await late).codes).toEqual(['from-trusted-source'])
  })

  it('no practitioner of it is renamed or given another NPI by an untrusted one', async () => {
    const [d, npi, other] = [fresh(), freshNpi(), freshNpi()]
    await load(TRUSTED, practitioner(d, 'Reed', npi))
    const { id = '' } = (await practitionerByNpi(test.app, npi)) ?? {}
    const { codes, done } = await load(UNTRUSTED, practitioner(d, 'Mallory', other))
    expect(codes).toEqual(['from-trusted-source'])
    expect(done).toMatchObject({ created: 0, updated: 0, unchanged: 0, rejected: 1 })
    expect(await nameOf(id)).toContain('Reed')
    expect(await practitionerByNpi(test.app, other)).toBeNull()
  })

  it('no practitioner is changed by an untrusted file that had looked before the entry was trusted', async () => {
    const [d, npi] = [fresh(), freshNpi()]
    await load(UNTRUSTED, practitioner(d, 'Reed', npi))
    const { id = '' } = (await practitionerByNpi(test.app, npi)) ?? {}
    const owner = test.database.open('chartward_owner', 1)
    const lock = await owner.sql.reserve()
    await lock`begin`
    await lock`update directory_entries set trusted = true where id = ${id}`
    const late = load(UNTRUSTED, practitioner(d, 'Mallory', npi))
    await waitUntilBlocked()
    await lock`commit`
    lock.release()
    expect((await late).codes).toEqual(['from-trusted-source'])
    expect(await nameOf(id)).toContain('Reed')
  })
})

describe('the directory', () => {
  it('says in the log which entries an import has made and changed', async () => {
    const [d, npi] = [fresh(), freshNpi()]
    await load(TRUSTED, practitioner(d, 'Reed', npi))
    const { id } = (await practitionerByNpi(test.app, npi)) ?? {}
    const made = (await auditEntries(test.app, 'record.imported')).at(-1)
    expect(made).toMatchObject({
      actor: { kind: 'service', name: 'import' },
      patientId: null,
      count: 1,
      facts: { source: 'main', trusted: true, entries: [id] },
      records: { count: 1 },
    })
    await load(TRUSTED, practitioner(d, 'Reed-Hall', npi))
    const changed = (await auditEntries(test.app, 'record.imported')).at(-1)
    expect(changed?.id).not.toBe(made?.id)
    expect(changed?.facts.entries).toEqual([id])
    const before = (await auditEntries(test.app)).length
    await load(TRUSTED, practitioner(d, 'Reed-Hall', npi))
    expect(await auditEntries(test.app)).toHaveLength(before)
  })

  it('keeps no entry whose audit entry can not be written', async () => {
    const [d, npi] = [fresh(), freshNpi()]
    const owner = test.database.open('chartward_owner', 1)
    await owner.sql`revoke insert on audit_entries from chartward_app`
    try {
      await expect(load(TRUSTED, practitioner(d, 'Reed', npi))).rejects.toThrow()
    } finally {
      await owner.sql`grant insert on audit_entries to chartward_app`
    }
    expect(await practitionerByNpi(test.app, npi)).toBeNull()
  })

  it('refuses an NPI that two trusted entries carry, and prefers a trusted entry to untrusted ones', async () => {
    const [shared, claimed] = [freshNpi(), freshNpi()]
    await load(TRUSTED, practitioner(fresh(), 'Reed', shared), practitioner(fresh(), 'Moss', shared))
    expect(await refusalOf(practitionerByNpi(test.app, shared))).toBe('CONFLICT')
    await load(UNTRUSTED, practitioner(fresh(), 'Mallory', claimed), practitioner(fresh(), 'Trudy', claimed))
    expect(await refusalOf(practitionerByNpi(test.app, claimed))).toBe('CONFLICT')
    await load(TRUSTED, practitioner(fresh(), 'Vale', claimed))
    expect((await practitionerByNpi(test.app, claimed))?.name).toContain('Vale')
  })
})

describe('two sources', () => {
  it('that use the same id for different people stay two patients, each with their own records', async () => {
    const [p, visit] = [fresh(), fresh()]
    const own = { trusted: true, source: 'lab' }
    const first = await load(TRUSTED, patient(p, 'Quillfeather'), encounter(visit, p, fresh(), '2020-03-01'))
    const second = await load(own, patient(p, 'Umbridge-Vane'), encounter(visit, p, fresh(), '2021-03-01'))
    expect([first.done, second.done]).toMatchObject([{ created: 2 }, { created: 2, updated: 0 }])
    const reader = await signInAs(test.app, 'privacy-officer')
    const caller = createCallerFactory(router({ patients: patientsRouter }))(reader.context)
    for (const text of ['Quillfeather', 'Umbridge'])
      expect((await caller.patients.search({ by: 'name', text })).items).toHaveLength(1)
    expect((await load(own, patient(p, 'Umbridge-Vane'))).done).toMatchObject({ unchanged: 1 })
  })

  it("an orphan of one source finds no patient of the other's", async () => {
    const p = fresh()
    await load(TRUSTED, patient(p))
    const { codes } = await load(
      { trusted: true, source: 'lab' },
      encounter(fresh(), p, fresh(), '2020-03-01'),
    )
    expect(codes).toEqual(['missing-patient'])
  })

  it('a record does not go over to another patient of its source', async () => {
    const [p, q, visit] = [fresh(), fresh(), fresh()]
    await load(TRUSTED, patient(p), patient(q), encounter(visit, p, fresh(), '2020-03-01'))
    const { codes, done } = await load(TRUSTED, encounter(visit, q, fresh(), '2020-03-01', '2020-05-01'))
    expect(codes).toEqual(['other-patient'])
    expect(done).toMatchObject({ created: 0, updated: 0, unchanged: 0 })
  })
})

describe('an import that breaks off', () => {
  it('has stored every patient that it had begun by the time it rejects', async () => {
    const ids = Array.from({ length: 6 }, fresh)
    async function* broken(): AsyncGenerator<Uint8Array> {
      for (const id of ids) {
        const bundle = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: patient(id) }] }
        yield Buffer.from(`${JSON.stringify(bundle)}\n`)
      }
      throw new Error('the disk is gone')
    }
    const owner = test.database.open('chartward_owner', 1)
    const count = async () =>
      (await owner.sql<{ n: number }[]>`select count(*)::int as n from patients`)[0]?.n
    const before = (await count()) ?? 0
    const importing = importFhir(test.app, broken(), { trusted: true, author: 'service:import' })
    await expect(importing).rejects.toThrow('the disk is gone')
    expect(await count()).toBe(before + ids.length)
  })

  it('does so where the log of what it rejects can not be written, and says why', async () => {
    const app = await createTestApp()
    const owner = app.database.open('chartward_owner', 1)
    async function* bad(): AsyncGenerator<Uint8Array> {
      await owner.sql`revoke insert on audit_entries from chartward_app`
      yield Buffer.from('{"broken\n')
      // Until the entry of that line has failed, which nobody waits for yet.
      await app.app.audit.drain()
      await new Promise(setImmediate)
      yield Buffer.from('{"broken\n')
      throw new Error('read on after the log had failed')
    }
    const importing = importFile(app.app, 'bad', bad(), { trusted: true, author: 'service:import' })
    await expect(importing).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await app.stop()
  })
})

it("the log names a file by a hash that only the installation's keys can make", async () => {
  const other = await createTestApp()
  const hashes: unknown[] = []
  for (const { app } of [test, test, other]) {
    await importFile(app, 'smith-john.ndjson', lines([]), { trusted: true, author: 'service:import' })
    hashes.push((await auditEntries(app, 'import.finished')).at(-1)?.facts.file)
  }
  expect(hashes[0]).toMatch(/^[0-9a-f]{32}$/)
  expect(hashes[1]).toBe(hashes[0])
  expect(hashes[2]).not.toBe(hashes[0])
  await other.stop()
})

it("the auditor's check finds nothing amiss with what imports write", async () => {
  const auditor = test.database.open('chartward_auditor', 1)
  const { problems } = await checkDatabase(auditor.sql, { appendKey: null, verifierKey: '' })
  expect(problems.filter(({ code }) => code.startsWith('record'))).toEqual([])
})
