import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../database.ts'
import { startEmbedded } from '../embedded/server.ts'
import { migrate } from '../migrate.ts'
import { manifestOf } from './compare-catalog.ts'
import { MANIFEST_FILE } from './manifest.ts'
import { readCatalog } from './read-catalog.ts'

/*
 * `pnpm --filter @chartward/db manifest`: migrates an empty database and writes down what has been made, to
 * be reviewed with the migration that changed it.
 */
const folder = await mkdtemp(join(tmpdir(), 'chartward-manifest-'))
const server = await startEmbedded(folder)
try {
  await migrate(server.url('chartward_owner'))
  const db = openDatabase({
    url: server.url('chartward_auditor'),
    connections: 1,
    name: 'chartward-manifest',
  })
  try {
    await writeFile(MANIFEST_FILE, `${JSON.stringify(manifestOf(await readCatalog(db)), null, 2)}\n`)
  } finally {
    await db.close()
  }
} finally {
  await server.stop()
  await rm(folder, { recursive: true, force: true })
}
