import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { z } from 'zod'
import { BackupError } from '../errors.ts'

const run = promisify(execFile)

/** What of `pgbackrest info --output=json` is looked at. */
const infoSchema = z.array(
  z.object({
    backup: z.array(
      z.object({
        label: z.string(),
        annotation: z.record(z.string(), z.string()).optional(),
        timestamp: z.object({ start: z.number(), stop: z.number() }),
        info: z.object({ size: z.number(), repository: z.object({ delta: z.number() }) }),
      }),
    ),
  }),
)

/** A backup in the repository. */
export interface PhysicalBackup {
  readonly label: string
  /** The id of its row in `backups`; null for one that was not made by us. */
  readonly id: string | null
  readonly startedAt: Date
  readonly bytes: number
}

export interface PgBackRestOptions {
  /** Its configuration file. */
  readonly config: string
  readonly stanza: string
}

/** The annotation by which a backup names its row. */
const ANNOTATION = 'chartward'

/** Drives the program as it is installed. Rejects with BackupError where it can't be run, or fails. */
export const pgBackRest = ({ config, stanza }: PgBackRestOptions) => {
  const call = async (...args: string[]): Promise<string> => {
    try {
      const { stdout } = await run('pgbackrest', [`--config=${config}`, `--stanza=${stanza}`, ...args], {
        maxBuffer: 64 * 1024 * 1024,
      })
      return stdout
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
      throw new BackupError(
        'server',
        isMissing
          ? 'There is no pgbackrest on this machine: apt-get install pgbackrest, where the database is.'
          : 'pgbackrest has failed: its own log, in its log-path, says why.',
        { cause: error },
      )
    }
  }
  return {
    backup: async (id: string, type: 'full' | 'diff' | 'incr'): Promise<void> => {
      await call(`--annotation=${ANNOTATION}=${id}`, `--type=${type}`, 'backup')
    },
    /** Takes a backup, and all that rest on it, out of the repository, with the WAL of none that is left. */
    expire: async (label: string): Promise<void> => {
      await call(`--set=${label}`, 'expire')
    },
    list: async (): Promise<PhysicalBackup[]> => {
      const parsed = infoSchema.safeParse(JSON.parse(await call('--output=json', 'info')))
      if (!parsed.success)
        throw new BackupError(
          'server',
          'pgbackrest says other things than 2.45 does: it is of another version.',
        )
      return parsed.data.flatMap(({ backup }) =>
        backup.map(({ label, annotation, timestamp, info }) => ({
          label,
          id: annotation?.[ANNOTATION] ?? null,
          startedAt: new Date(timestamp.start * 1000),
          bytes: info.repository.delta,
        })),
      )
    },
  }
}
