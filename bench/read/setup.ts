import { copyRows, openDatabase, withTransaction } from '@chartward/db'
import { builtInRoles } from '@chartward/policy'
import { importFhir } from '../../apps/api/src/services/import/import-fhir.ts'
import { SESSION_COOKIE } from '../../apps/api/src/sessions/sessions.ts'
import { signInAs } from '../../apps/api/src/testing/sign-in.ts'
import { type BenchInstallation, openBenchApp } from '../harness/installation.ts'
import { patientResources, populationChunks } from './population.ts'

export interface ReadSetup {
  readonly patientIds: readonly string[]
  /** The cookie of a clinician with a care relationship to every patient. */
  readonly cookie: string
}

/**
 * Fills the vault by the importer, signs a clinician in, and writes the same patients as plain JSON
 * for the baseline.
 */
export const setUp = async ({ server, keyFolder }: BenchInstallation): Promise<ReadSetup> => {
  const now = new Date()
  const app = await openBenchApp(server.url('chartward_app'), keyFolder)
  const owner = openDatabase({ url: server.url('chartward_owner'), connections: 1, name: 'bench' })
  try {
    await importFhir(app, populationChunks(now), { trusted: true, author: 'service:import' })
    const [practitioner] = await owner.sql<{ id: string }[]>`
      select id from directory_entries where type = 'Practitioner'`
    const signedIn = await signInAs(app, builtInRoles.clinician.name, {
      practitionerId: practitioner?.id ?? '',
    })
    const rows = await owner.sql<{ id: string }[]>`
      select id from records where resource_type = 'Patient' order by id`
    const patientIds = rows.map(({ id }) => id)
    const resources = patientResources(now).map((resource) => JSON.stringify(resource))
    await owner.sql.unsafe(`create table plain_records (patient_id uuid not null, id uuid not null, content json not null,
      primary key (patient_id, id)); grant select on plain_records to chartward_app`)
    await withTransaction(owner, 'none', (tx) =>
      copyRows(
        tx,
        'plain_records',
        { patient_id: 'uuid', id: 'uuid', content: 'text' },
        patientIds.map((id, i) => [id, id, resources[i % resources.length] ?? null]),
      ),
    )
    await owner.sql.unsafe('vacuum (analyze)')
    await owner.sql.unsafe('checkpoint')
    return { patientIds, cookie: `${SESSION_COOKIE}=${signedIn.token}` }
  } finally {
    await owner.close()
    await app.close()
  }
}
