import { openDatabase } from '@chartward/db'
import { openApp } from '../../composition/open-app.ts'
import { createLogger } from '../../core/log.ts'
import type { KeyFiles } from '../../keys/key-files.ts'
import { startJobs } from '../start-jobs.ts'

/*
 * A runner of jobs in a process of its own, for tests that kill it: `node run-jobs.ts {"url": …, "files":
 * …}`. Runs until then.
 */
const { url, files }: { url: string; files: KeyFiles } = JSON.parse(process.argv[2] ?? '')
const app = await openApp({
  db: openDatabase({ url, connections: 5, name: 'test-run-jobs' }),
  files,
  log: createLogger('silent'),
  publicUrl: 'http://localhost:4380',
  careRelationshipDays: 3650,
  logVerifierKey: '',
})
await startJobs(app, url)
