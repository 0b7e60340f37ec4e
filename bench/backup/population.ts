import type { Database } from '@chartward/db'
import { openDatabase } from '@chartward/db'
import { generatePopulation } from '@chartward/fhir'
import { importFhir } from '../../apps/api/src/services/import/import-fhir.ts'
import { type BenchInstallation, openBenchApp } from '../harness/installation.ts'

/** Records of each patient: of the population that rates are scaled to. */
export const RECORDS = 20
/** Imported as they are; the others are copies of their rows, of the same bytes under other ids. */
const IMPORTED = 100

/** The columns of a table that are stored, with what stands in their place in a copy. */
const copied = (
  table: string,
  anew: Readonly<Record<string, string>>,
  columns: readonly string[],
): string => {
  const values = columns.map((name) => anew[name] ?? `t."${name}"`)
  return `insert into ${table} (${columns.map((name) => `"${name}"`).join(', ')}) select ${values.join(', ')}
    from ${table} t cross join generate_series(1, $1::int) as i`
}

const OTHER_PATIENT = (column: string) => `md5(t."${column}"::text || i)::uuid`

/** Fills a database of the installation with so many patients of 20 records each. */
export const fillDatabase = async (
  { server, keyFolder }: BenchInstallation,
  name: string,
  patients: number,
): Promise<void> => {
  const app = await openBenchApp(server.url('chartward_app', name), keyFolder)
  async function* lines() {
    for (const bundle of generatePopulation({
      seed: 'backup',
      patients: IMPORTED,
      asOf: new Date('2026-01-01'),
    }))
      yield Buffer.from(`${JSON.stringify(bundle)}\n`)
  }
  await importFhir(app, lines(), { trusted: true, author: 'service:import' })
  await app.close()
  const owner = openDatabase({
    url: server.url('chartward_owner', name),
    connections: 1,
    name: 'bench',
    limits: { response: 3600 },
  })
  try {
    await multiply(owner, Math.max(0, Math.ceil(patients / IMPORTED) - 1))
  } finally {
    await owner.close()
  }
}

const multiply = async (owner: Database, times: number): Promise<void> => {
  const found = await owner.sql<{ table: string; columns: string[] }[]>`
    select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relname = any(${['patients', 'records', 'record_versions', 'chart_segments', 'search_tokens', 'source_ids']})
    group by c.relname`
  const columnsOf = new Map(found.map(({ table, columns }) => [table, columns]))
  const of = (table: string, anew: Readonly<Record<string, string>>) =>
    copied(table, anew, columnsOf.get(table) ?? [])
  await owner.sql.begin(async (sql) => {
    await sql`set local statement_timeout = 0`
    // Only a superuser can, as of the embedded server: rows are copied behind the application.
    await sql`set local session_replication_role = replica`
    const extra = `(select patient_id, id, row_number() over (partition by patient_id order by id) as n from records) r where r.n > ${RECORDS}`
    for (const table of ['record_versions', 'source_ids'])
      await sql.unsafe(
        `delete from ${table} t using ${extra} and r.patient_id = t.patient_id and r.id = t.record_id`,
      )
    await sql.unsafe(`delete from records t using ${extra} and r.patient_id = t.patient_id and r.id = t.id`)
    await sql.unsafe(of('patients', { id: OTHER_PATIENT('id') }), [times])
    for (const table of ['records', 'record_versions', 'chart_segments', 'search_tokens'])
      await sql.unsafe(of(table, { patient_id: OTHER_PATIENT('patient_id') }), [times])
    await sql.unsafe(
      of('source_ids', { patient_id: OTHER_PATIENT('patient_id'), token: `sha256(t.token || int4send(i))` }),
      [times],
    )
  })
  await owner.sql`vacuum analyze`
}
