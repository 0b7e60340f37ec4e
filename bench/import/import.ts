import { existsSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '@chartward/db'
import { runChild } from '../harness/child.ts'
import { createInstallation } from '../harness/installation.ts'
import { say } from '../harness/print.ts'
import { figure, limited, type Report, rate } from '../harness/report.ts'
import { alternate, spreadOf } from '../harness/rounds.ts'
import type { ImportDone, ImportJob } from './job.ts'
import { writePopulation } from './population.ts'

const SYNTHEA = fileURLToPath(
  new URL('../../../shared/data/fhir-r4/synthea-240-patients.ndjson.gz', import.meta.url),
)
const ROUNDS = 3
const REACH = 0.25
/** 400 MB. */
const MOST_MEBIBYTES = 381
const MIB = 1024 * 1024

const CHARTWARD = new URL('./chartward-import.ts', import.meta.url)
const PLAIN = new URL('./plain-import.ts', import.meta.url)

/**
 * Import of a population of FHIR R4 Bundles against parsing it and COPYing the same resources as plain JSON.
 */
export const run = async (): Promise<Report> => {
  const generated = existsSync(SYNTHEA) ? null : await writePopulation()
  const file = generated ?? SYNTHEA
  say(
    generated === null ? 'import: the 240 Synthea patients of shared/data' : 'import: a generated population',
  )
  const installation = await createInstallation()
  try {
    const { server, keyFolder } = installation
    const found = await alternate<'chartward' | 'plain', ImportDone>(ROUNDS, {
      chartward: async () => {
        await installation.freshDatabase('bench_import')
        const databaseUrl = server.url('chartward_app', 'bench_import')
        const done = await runChild<ImportDone>(CHARTWARD, {
          databaseUrl,
          keyFolder,
          file,
        } satisfies ImportJob)
        say(`  chartward: ${describe(done)}`)
        return done
      },
      plain: async () => {
        await installation.freshDatabase('bench_plain')
        await makePlainTable(server.url('chartward_owner', 'bench_plain'))
        const databaseUrl = server.url('chartward_app', 'bench_plain')
        const done = await runChild<ImportDone>(PLAIN, { databaseUrl, keyFolder, file } satisfies ImportJob)
        say(`  plain:     ${describe(done)}`)
        return done
      },
    })
    const perSecond = (all: readonly ImportDone[]) =>
      spreadOf(all.map(({ resources, seconds }) => resources / seconds))
    const [chartward, plain] = [perSecond(found.chartward), perSecond(found.plain)]
    const cpu = (all: readonly ImportDone[]) =>
      spreadOf(all.map(({ resources, cpuSeconds }) => (cpuSeconds / resources) * 1e6)).median
    const peak = spreadOf(found.chartward.map(({ peakMebibytes }) => peakMebibytes)).max
    const baseline = { name: 'parse and COPY', value: plain.median }
    return {
      bench: 'import',
      results: [
        rate('import, median', chartward.median, 'resources/s', baseline, REACH),
        figure('import, slowest round', chartward.min, 'resources/s'),
        figure('import, fastest round', chartward.max, 'resources/s'),
        figure('parse and COPY, slowest round', plain.min, 'resources/s'),
        figure('parse and COPY, fastest round', plain.max, 'resources/s'),
        limited('peak memory of the importing process', peak, 'MiB', MOST_MEBIBYTES),
        figure('CPU of the importing process', cpu(found.chartward), 'µs/resource'),
        figure('CPU of the parsing process', cpu(found.plain), 'µs/resource'),
        figure('file, compressed', statSync(file).size / MIB, 'MiB'),
      ],
    }
  } finally {
    await installation.stop()
    if (generated !== null) await rm(generated, { force: true })
  }
}

const describe = ({ resources, seconds, peakMebibytes }: ImportDone): string =>
  `${resources} resources in ${seconds.toFixed(1)} s, ${peakMebibytes.toFixed(0)} MiB`

const makePlainTable = async (ownerUrl: string): Promise<void> => {
  const db = openDatabase({ url: ownerUrl, connections: 1, name: 'bench' })
  try {
    await db.sql.unsafe(
      'create table plain_resources (id uuid primary key, patient_id uuid, type text not null, content json not null)',
    )
    await db.sql.unsafe('grant insert, select on plain_resources to chartward_app')
  } finally {
    await db.close()
  }
}
