import { openDatabase } from '@chartward/db'
import { openApp } from '../../../composition/open-app.ts'
import { createLogger } from '../../../core/log.ts'
import type { KeyFiles } from '../../../keys/key-files.ts'
import { runRotations } from '../run-rotations.ts'

/*
 * Takes rotations as far as they come in a process of its own, for tests that kill it:
 * `node rotate-child.ts {"url": …, "rekeyUrl": …, "files": …}`. Says when it begins.
 */
interface Given {
  readonly url: string
  readonly rekeyUrl: string
  readonly files: KeyFiles
}
const { url, rekeyUrl, files }: Given = JSON.parse(process.argv[2] ?? '')
const app = await openApp({
  db: openDatabase({ url, connections: 3, name: 'test-rotate' }),
  rekey: openDatabase({ url: rekeyUrl, connections: 1, name: 'test-rotate' }),
  files,
  log: createLogger('silent'),
  publicUrl: 'http://localhost:4380',
  careRelationshipDays: 3650,
  logVerifierKey: '',
  keys: { settleMs: 0, patientDays: 0 },
})
process.stdout.write('begun\n')
await runRotations(app, new AbortController().signal)
await app.close()
