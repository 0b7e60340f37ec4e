import { openDatabase } from '@chartward/db'
import { openApp } from '../../../composition/open-app.ts'
import { createLogger } from '../../../core/log.ts'
import type { KeyFiles } from '../../../keys/key-files.ts'
import { runWork } from '../../works/run-work.ts'

/*
 * One work in a process of its own, for tests that kill it: `node run-work-child.ts {"url": …, "files": …,
 * "workId": …}`. Says when it begins.
 */
const { url, files, workId }: { url: string; files: KeyFiles; workId: string } = JSON.parse(
  process.argv[2] ?? '',
)
const app = await openApp({
  db: openDatabase({ url, connections: 5, name: 'test-run-work' }),
  files,
  log: createLogger('silent'),
  publicUrl: 'http://localhost:4380',
  careRelationshipDays: 3650,
  logVerifierKey: '',
})
process.stdout.write('begun\n')
await runWork(app, workId, new AbortController().signal)
await app.close()
