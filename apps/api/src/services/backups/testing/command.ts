import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type TestDatabase, testServer } from '@chartward/db/testing'
import type { TestApp } from '../../../testing/test-app.ts'

const MAIN = fileURLToPath(new URL('../../../cli/main.ts', import.meta.url))

export interface Ran {
  readonly code: number | null
  readonly text: string
}

/** `chartward …` over a test's installation, or over another database with its keys. */
export interface Commands {
  start(args: readonly string[], database?: TestDatabase, blocks?: number): ChildProcess
  /** `blocks`: a file may have no more of 1 KiB, as on a disk that is full then. */
  run(args: readonly string[], database?: TestDatabase, blocks?: number): Promise<Ran>
}

export const commandsOf = async (test: TestApp): Promise<Commands> => {
  await writeFile(test.files.verifier, `${test.app.settings.logVerifierKey}\n`)
  const data = await mkdtemp(join(tmpdir(), 'chartward-data-'))
  const start: Commands['start'] = (args, database = test.database, blocks) => {
    const urlOf = (login: 'chartward_app' | 'chartward_owner' | 'chartward_auditor' | 'chartward_backup') =>
      `${database.url(login)}${testServer().roleByParameter && login !== 'chartward_owner' ? `?role=${login}` : ''}`
    const limited =
      blocks === undefined ? [] : ['-c', `ulimit -f ${blocks}; exec "$0" "$@"`, process.execPath]
    return spawn(blocks === undefined ? process.execPath : 'bash', [...limited, MAIN, ...args], {
      env: {
        PATH: process.env.PATH ?? '',
        DATABASE_URL: urlOf('chartward_app'),
        CHARTWARD_OWNER_DATABASE_URL: urlOf('chartward_owner'),
        CHARTWARD_AUDITOR_DATABASE_URL: urlOf('chartward_auditor'),
        CHARTWARD_BACKUP_DATABASE_URL: urlOf('chartward_backup'),
        CHARTWARD_KEYS: dirname(test.files.kms),
        CHARTWARD_DATA: data,
        CHARTWARD_LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  }
  return {
    start,
    run: async (args, database, blocks) => {
      const child = start(args, database, blocks)
      let text = ''
      for (const stream of [child.stdout, child.stderr])
        stream?.on('data', (chunk) => (text += String(chunk)))
      const [code] = await once(child, 'close')
      return { code, text }
    },
  }
}
