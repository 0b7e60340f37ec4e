import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Database } from '@chartward/db'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App } from '../../app.ts'
import { newId } from '../../core/ids.ts'
import { readAppendKey } from '../../keys/key-files.ts'
import { startedLater } from '../../testing/started-later.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { checkDatabase } from '../audit/check-database.ts'
import type { ImportOptions } from './import-fhir.ts'
import { condition, importTexts, ndjson, patient } from './testing/inputs.ts'

const CASES = fileURLToPath(new URL('../../../../../../shared/cases/fhir/', import.meta.url))

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.stop())

/** What `verify` finds wrong with the database. */
const problemsOf = async ({ sql }: Database) => {
  const keys = { appendKey: readAppendKey(test.files), verifierKey: test.app.settings.logVerifierKey }
  return (await checkDatabase(sql, keys)).problems
}

let sources = 0
/** A source that no other test has. */
const fresh = (): { source: string } => {
  sources += 1
  return { source: `s${sources}` }
}

const load = async (
  { app = test.app, ...options }: Partial<ImportOptions> & { readonly app?: App },
  ...texts: string[]
) => {
  const files = Object.fromEntries(texts.map((text, i) => [`${i}.ndjson`, text]))
  const { done, codes } = await importTexts(app, files, options)
  const { patients: _seen, lines: _lines, bytes: _bytes, ...figures } = done
  return { ...figures, codes }
}

const collection = (...entries: readonly (readonly [fullUrl: string, resource: object])[]): string =>
  ndjson({
    resourceType: 'Bundle',
    type: 'collection',
    entry: entries.map(([fullUrl, resource]) => ({ fullUrl, resource })),
  })

const [A, B] = ['https://a.example/fhir', 'https://b.example/fhir']

/** How many patients a source has, and how many versions their records have. */
const stored = async ({ source }: { source: string }) => {
  const [row] = await test.database.open('chartward_owner', 1).sql<{ patients: number; versions: number }[]>`
    select count(distinct p.id)::int as patients, count(v.*)::int as versions
    from patients p left join record_versions v on v.patient_id = p.id where p.source = ${source}`
  return row
}

const twoServers = (): string =>
  collection(
    [`${A}/Patient/1`, patient('1', 'Alpha')],
    [`${A}/Condition/1`, condition('1', `${A}/Patient/1`, 'of a')],
    [`${B}/Patient/1`, patient('1', 'Beta')],
    [`${B}/Condition/1`, condition('1', '1', 'of b')],
  )

describe('two servers', () => {
  it('that use one id for two people make two patients, each with their own records', async () => {
    const from = fresh()
    expect(await load(from, twoServers())).toMatchObject({ created: 4, updated: 0, codes: [] })
    expect(await stored(from)).toEqual({ patients: 2, versions: 4 })
    expect(await load(from, twoServers())).toMatchObject({ created: 0, updated: 0, unchanged: 4, codes: [] })
  })

  it.skipIf(!existsSync(CASES))('of the case are two patients', async () => {
    const from = fresh()
    const text = readFileSync(`${CASES}/two-servers-same-id.json`, 'utf8')
    expect(await load(from, text)).toMatchObject({ created: 4, codes: [] })
    expect(await stored(from)).toEqual({ patients: 2, versions: 4 })
  })

  it('are one where only scheme, host letters, port and a slash differ', async () => {
    const from = fresh()
    await load(from, collection([`${A}/Patient/1`, patient('1', 'Alpha')]))
    const again = collection(['http://A.Example:80/fhir//Patient/1', patient('1', 'Alpha')])
    expect(await load(from, again)).toMatchObject({ created: 0, unchanged: 1 })
  })
})

describe('a resource that names no server', () => {
  it('is of the one that its source is known by, before and after that is known', async () => {
    const from = fresh()
    const plain = ndjson(patient('1', 'Alpha'), condition('1', '1', 'x'))
    const based = collection(
      [`${A}/Patient/1`, patient('1', 'Alpha')],
      [`${A}/Condition/1`, condition('1', '1', 'x')],
    )
    await load(from, plain)
    expect(await load(from, based)).toMatchObject({ created: 0, updated: 0, unchanged: 2 })
    expect(await load(from, plain)).toMatchObject({ created: 0, updated: 0, unchanged: 2 })
    const other = fresh()
    await load(other, based)
    expect(await load(other, plain)).toMatchObject({ created: 0, updated: 0, unchanged: 2 })
    expect(await stored(other)).toEqual({ patients: 1, versions: 2 })
  })

  it('is a problem by name where two are known that could be meant, unless it is said which is', async () => {
    const from = fresh()
    await load(from, twoServers())
    const plain = ndjson(patient('1', 'Gamma'), condition('2', '1', 'x'))
    expect(await load(from, plain)).toMatchObject({
      created: 0,
      updated: 0,
      codes: ['untold-server', 'untold-server'],
    })
    const said = { ...from, base: 'b.example/fhir' }
    expect(await load(said, plain)).toMatchObject({ created: 1, updated: 1, codes: [] })
    expect(await stored(from)).toEqual({ patients: 2, versions: 6 })
    // What neither has under its id is a patient of its own, and stays one.
    const own = ndjson(patient('7', 'Delta'))
    expect(await load(from, own)).toMatchObject({ created: 1, codes: [] })
    expect(await load(from, own)).toMatchObject({ unchanged: 1, codes: [] })
    expect(await load(from, collection([`${A}/Patient/7`, patient('7', 'Epsilon')]))).toMatchObject({
      created: 1,
    })
    expect(await stored(from)).toMatchObject({ patients: 4 })
  })

  it('is of the server of the patient whom it names by URL', async () => {
    const from = fresh()
    await load(from, twoServers())
    const text = ndjson(condition('1', `${B}/Patient/1`, 'of b, later'))
    expect(await load(from, text)).toMatchObject({ created: 0, updated: 1, codes: [] })
  })

  it('finds what was stored of its source before another server was known', async () => {
    const from = fresh()
    const plain = ndjson(patient('9', 'Alpha'))
    await load(from, plain)
    await load(from, twoServers())
    expect(await load(from, plain)).toMatchObject({ unchanged: 1, codes: [] })
    // Of the first server it is too: nobody else was known when it came.
    expect(await load(from, collection([`${A}/Patient/9`, patient('9', 'Alpha')]))).toMatchObject({
      unchanged: 1,
    })
    expect(await load(from, collection([`${B}/Patient/9`, patient('9', 'Alpha')]))).toMatchObject({
      created: 1,
    })
  })
})

describe('the same id again', () => {
  const version = (versionId: string, lastUpdated?: string) => ({
    meta: { versionId, ...(lastUpdated === undefined ? {} : { lastUpdated }) },
  })

  it('with another content is an update, in the order of the run, and a second run changes nothing', async () => {
    const from = fresh()
    const text = ndjson(patient('1', 'Duplicata'), patient('1', 'Duplicatb'), condition('1', '1', 'x'))
    expect(await load(from, text)).toMatchObject({ created: 2, updated: 1, unchanged: 0, codes: [] })
    expect(await stored(from)).toEqual({ patients: 1, versions: 3 })
    expect(await load(from, text)).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 2,
      codes: ['sent-before'],
    })
    expect(await stored(from)).toEqual({ patients: 1, versions: 3 })
  })

  it.skipIf(!existsSync(CASES))(
    'of the case is an update, and changes nothing when it comes once more',
    async () => {
      const from = fresh()
      const text = readFileSync(`${CASES}/l1-same-id-twice.ndjson`, 'utf8')
      expect(await load(from, text)).toMatchObject({ created: 2, updated: 1, unchanged: 0, codes: [] })
      expect(await load(from, text)).toMatchObject({ created: 0, updated: 0, codes: ['sent-before'] })
    },
  )

  it('and back within a run is as it was at the end, and nothing moves when it comes once more', async () => {
    const from = fresh()
    const text = ndjson(patient('1', 'Aa'), patient('1', 'Bb'), patient('1', 'Aa'))
    expect(await load(from, text)).toMatchObject({ created: 1, updated: 2, codes: [] })
    expect(await load(from, text)).toMatchObject({ updated: 0, unchanged: 2, codes: ['sent-before'] })
  })

  it('over two files and two runs stays at the later one, unless it is to be as given', async () => {
    const from = fresh()
    const [one, two] = [ndjson(patient('1', 'Aa')), ndjson(patient('1', 'Bb'))]
    await load(from, one)
    await load(from, two)
    expect(await load(from, one, two)).toMatchObject({ updated: 0, unchanged: 1, codes: ['sent-before'] })
    expect(await load({ ...from, asGiven: true }, one)).toMatchObject({ updated: 1, codes: [] })
    expect(await stored(from)).toEqual({ patients: 1, versions: 3 })
  })

  it.each([
    ['versionId', [version('1'), version('10'), version('9')]],
    [
      'lastUpdated',
      [
        version('b', '2026-01-01T00:00:00Z'),
        version('a', '2026-03-01T00:00:00+02:00'),
        version('c', '2026-02-28T21:59:00Z'),
      ],
    ],
  ])(
    'in an older version does not take the place of the newer, by %s',
    async (_by, [first, newest, older]) => {
      const from = fresh()
      await load(from, ndjson(patient('1', 'Aa', first)))
      expect(await load(from, ndjson(patient('1', 'Bb', newest)))).toMatchObject({ updated: 1, codes: [] })
      expect(await load(from, ndjson(patient('1', 'Cc', older)))).toMatchObject({
        updated: 0,
        codes: ['older-version'],
      })
      // A version that is there already says nothing new.
      expect(await load(from, ndjson(patient('1', 'Aa', first)))).toMatchObject({
        updated: 0,
        unchanged: 1,
        codes: [],
      })
    },
  )

  it('of a practitioner is an update or a problem by name as well', async () => {
    const from = fresh()
    const doctor = (family: string, more = {}) => ({
      resourceType: 'Practitioner',
      id: 'd',
      name: [{ family }],
      ...more,
    })
    const text = ndjson(doctor('Aa'), doctor('Bb'))
    expect(await load(from, text)).toMatchObject({ created: 1, updated: 1, unchanged: 0, codes: [] })
    expect(await load(from, text)).toMatchObject({
      created: 0,
      updated: 0,
      unchanged: 1,
      codes: ['sent-before'],
    })
    await load(from, ndjson(doctor('Cc', version('5'))))
    expect(await load(from, ndjson(doctor('Dd', version('4'))))).toMatchObject({ codes: ['older-version'] })
  })
})

describe('the servers that a source is known by', () => {
  it('stand in the database as tokens alone, and none takes the place of another', async () => {
    const from = fresh()
    await load(from, twoServers())
    const owner = test.database.open('chartward_owner', 1)
    const rows = await owner.sql`select * from source_bases where source = ${from.source}`
    expect(rows).toHaveLength(2)
    expect(JSON.stringify(rows)).not.toContain('example')
    await owner.sql`update source_bases set is_first = false where source = ${from.source}`
    await expect(load(from, ndjson(patient(newId(), 'Xx')))).rejects.toMatchObject({ code: 'INTEGRITY' })
    await owner.sql`update source_bases set is_first = true where source = ${from.source} and id = ${rows[0]?.id}`
  })

  it('are none but what the log says: with one taken out, nothing of its source goes in, and it is named', async () => {
    const from = fresh()
    await load(from, twoServers())
    const later = await startedLater(test)
    const owner = test.database.open('chartward_owner', 1)
    const rows = await owner.sql`select * from source_bases where source = ${from.source} order by id`
    for (const row of rows) {
      await owner.sql`delete from source_bases where id = ${row.id}`
      await expect(load({ ...from, app: later }, twoServers())).rejects.toMatchObject({ code: 'INTEGRITY' })
      expect(await problemsOf(owner)).toContainEqual(
        expect.objectContaining({ code: 'row-mismatch', detail: expect.stringContaining(row.id) }),
      )
      await owner.sql`insert into source_bases ${owner.sql(row)}`
    }
    expect(await load({ ...from, app: later }, twoServers())).toMatchObject({ created: 0, unchanged: 4 })
    expect(await problemsOf(owner)).toEqual([])
    // Another source is not held up by it.
    await owner.sql`delete from source_bases where source = ${from.source}`
    expect(await load({ ...fresh(), app: later }, twoServers())).toMatchObject({ created: 4, codes: [] })
  })

  it('are not known by what was deleted there, of which nothing is stored', async () => {
    const from = fresh()
    await load(from, collection([`${A}/Patient/1`, patient('1', 'Alpha')]))
    const gone = { fullUrl: `${B}/Patient/7`, request: { method: 'DELETE', url: 'Patient/7' } }
    const history = ndjson({ resourceType: 'Bundle', type: 'history', entry: [gone] })
    expect(await load(from, history)).toMatchObject({ codes: ['nothing-deleted'] })
    const rows = await test.app.db.sql`select id from source_bases where source = ${from.source}`
    expect(rows).toHaveLength(1)
  })

  it('are written by two imports at once as one each, the first of which is meant', async () => {
    const from = fresh()
    const done = await Promise.all([load(from, twoServers()), load(from, twoServers())])
    expect(done.flatMap(({ codes }) => codes)).toEqual([])
    const rows = await test.app.db.sql<{ first: boolean }[]>`
      select is_first as first from source_bases where source = ${from.source} order by is_first`
    expect(rows).toEqual([{ first: false }, { first: true }])
  })

  it('are a hundred at most, and what is of another is refused by name', async () => {
    const from = fresh()
    const entries = Array.from({ length: 102 }, (_, i) => [
      `https://s${i}.example/Patient/1`,
      patient('1', `Many${i}`),
    ]) satisfies [string, object][]
    expect(await load(from, collection(...entries))).toMatchObject({
      created: 100,
      codes: ['too-many-servers', 'too-many-servers'],
    })
  })
})
