import { type DatabaseRole, type EmbeddedServer, findEmbedded, startEmbedded } from '@chartward/db'
import type { Environment } from '../env.ts'
import { holderOf, lockFolder } from './lock.ts'

/**
 * Where each part of the application finds its database. `role` is set where one login has to act as
 * several roles.
 */
export interface Databases {
  readonly owner: string
  readonly app: string
  readonly sequencer: string
  readonly auditor: string
  /** Of rotations. */
  readonly rekey: string
  readonly backup: string
  readonly embedded: EmbeddedServer | null
}

/**
 * The same login, acting as another role: for an operator who gave one URL only. docs/deploy.md says
 * how to do better.
 */
const asRole = (url: string, role: DatabaseRole): string => {
  const parsed = new URL(url)
  parsed.searchParams.set('role', role)
  return parsed.toString()
}

const ofEmbedded = (embedded: EmbeddedServer): Databases => ({
  owner: embedded.url('chartward_owner'),
  app: embedded.url('chartward_app'),
  sequencer: embedded.url('chartward_sequencer'),
  auditor: embedded.url('chartward_auditor'),
  rekey: embedded.url('chartward_rekey'),
  backup: embedded.url('chartward_backup'),
  embedded,
})

/**
 * The databases of this environment: those of `DATABASE_URL` and its kin, or the embedded server, started. No
 * code below knows which it is.
 */
export const openDatabases = async (environment: Environment): Promise<Databases> => {
  const { databaseUrl } = environment
  if (databaseUrl === undefined) return ofEmbedded(await startEmbedded(environment.dataFolder))
  return {
    owner: environment.ownerUrl ?? databaseUrl,
    app: asRole(databaseUrl, 'chartward_app'),
    sequencer: environment.sequencerUrl ?? asRole(databaseUrl, 'chartward_sequencer'),
    auditor: environment.auditorUrl ?? asRole(databaseUrl, 'chartward_auditor'),
    rekey: environment.rekeyUrl ?? asRole(databaseUrl, 'chartward_rekey'),
    backup: environment.backup.databaseUrl ?? asRole(databaseUrl, 'chartward_backup'),
    embedded: null,
  }
}

/**
 * Runs `work` with the databases of this environment beside whoever else uses them: where a running console
 * has started the embedded server, with that one; otherwise it is started for the work and stopped after it.
 */
export const withDatabases = async <T>(
  environment: Environment,
  work: (databases: Databases) => Promise<T>,
): Promise<T> => {
  if (environment.databaseUrl !== undefined) return work(await openDatabases(environment))
  const running =
    holderOf(environment.dataFolder) === null ? null : await findEmbedded(environment.dataFolder)
  if (running !== null) return work(ofEmbedded(running))
  const unlock = lockFolder(environment.dataFolder)
  try {
    const databases = await openDatabases(environment)
    try {
      return await work(databases)
    } finally {
      await databases.embedded?.stop()
    }
  } finally {
    unlock()
  }
}
