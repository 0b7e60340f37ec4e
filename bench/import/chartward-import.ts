import { importFhir } from '../../apps/api/src/services/import/import-fhir.ts'
import { jobOf, report } from '../harness/child.ts'
import { openBenchApp } from '../harness/installation.ts'
import { chunksOf } from './chunks.ts'
import { type ImportJob, measure } from './job.ts'

const { databaseUrl, keyFolder, file } = await jobOf<ImportJob>()
const app = await openBenchApp(databaseUrl, keyFolder)
const done = await measure(async () => {
  const { created, rejected } = await importFhir(app, chunksOf(file), {
    trusted: true,
    author: 'service:import',
  })
  if (rejected > 0) throw new Error(`${rejected} resources were rejected`)
  return created
})
await app.close()
await report(done)
process.disconnect()
