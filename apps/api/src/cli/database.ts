import { join } from 'node:path'
import { DATABASE_ROLES, type DatabaseRole, type EmbeddedServer, startEmbedded } from '@chartward/db'
import type { Environment } from '../env.ts'

/** Where each part of the application finds its database. `role` is set where one login has to act as several roles. */
export interface Databases {
  readonly owner: string
  readonly app: string
  readonly sequencer: string
  readonly auditor: string
  readonly embedded: EmbeddedServer | null
}

/** The same login, acting as another role: for an operator who gave one URL only. docs/deploy.md says how to do better. */
const asRole = (url: string, role: DatabaseRole): string => {
  const parsed = new URL(url)
  parsed.searchParams.set('role', role)
  return parsed.toString()
}

/**
 * The databases of this environment: those of `DATABASE_URL` and its kin, or the embedded server, started. No code below
 * knows which it is.
 */
export const openDatabases = async (environment: Environment): Promise<Databases> => {
  const { databaseUrl } = environment
  if (databaseUrl === undefined) {
    const embedded = await startEmbedded(join(environment.dataFolder))
    const [app, sequencer, auditor] = DATABASE_ROLES.map((role) => embedded.url(role))
    return {
      owner: embedded.url('chartward_owner'),
      app: app ?? '',
      sequencer: sequencer ?? '',
      auditor: auditor ?? '',
      embedded,
    }
  }
  return {
    owner: environment.ownerUrl ?? databaseUrl,
    app: asRole(databaseUrl, 'chartward_app'),
    sequencer: environment.sequencerUrl ?? asRole(databaseUrl, 'chartward_sequencer'),
    auditor: environment.auditorUrl ?? asRole(databaseUrl, 'chartward_auditor'),
    embedded: null,
  }
}
