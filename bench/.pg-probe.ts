import { execSync, spawn } from 'node:child_process'
import { openDatabase, withTransaction } from '@chartward/db'
import { createInstallation } from './harness/installation.ts'

const i = await createInstallation()
await i.freshDatabase('b1')
await i.freshDatabase('b2')
const run = (db: string) =>
  new Promise((r) =>
    spawn(
      process.execPath,
      [
        new URL('./import/chartward-import.ts', import.meta.url).pathname,
        JSON.stringify({
          databaseUrl: i.server.url('chartward_app', db),
          keyFolder: i.keyFolder,
          file: '/work/shared/data/fhir-r4/synthea-240-patients.ndjson.gz',
        }),
      ],
      { stdio: 'inherit' },
    ).on('exit', r),
  )
await run('b1')
const src = openDatabase({ url: i.server.url('chartward_owner', 'b1'), connections: 1, name: 'x' })
const q = async (t: string) => {
  const s = performance.now()
  const r = await src.sql.unsafe(t)
  console.log(((performance.now() - s) | 0) + 'ms', t.slice(0, 150))
  return r
}
console.log(
  await q(
    `select relname, pg_size_pretty(pg_total_relation_size(oid)) from pg_class where relname in ('record_versions','records','source_ids','search_tokens')`,
  ),
)
for (const t of ['record_versions', 'records', 'source_ids']) {
  await q(`create temporary table st_${t} (like ${t})`)
  await q(`insert into st_${t} select * from ${t}`)
  await q(`create table n_${t} (like ${t})`)
  await q(`insert into n_${t} select * from st_${t}`)
  await q(`create table a_${t} (like ${t} including all)`)
  await q(`insert into a_${t} select * from st_${t}`)
  const ex = await q(
    `explain (analyze, buffers, wal, verbose) insert into a_${t} select ${t === 'source_ids' ? 'patient_id, gen_random_uuid(), sha256(token), content' : t === 'records' ? 'patient_id, gen_random_uuid(), resource_type, version, created_at' : '*'} from st_${t} ${t === 'record_versions' ? 'where false' : ''}`,
  )
  console.log(ex.map((r: any) => Object.values(r)[0]).join('\n'))
}
await q(`create table e (like record_versions)`)
for (const c of ['identity', 'contact', 'clinical', 'narrative', 'billing', 'unmapped'])
  await q(`alter table e alter column ${c} set storage external`)
await q(`insert into e select * from st_record_versions`)
await src.close()
await i.stop()
