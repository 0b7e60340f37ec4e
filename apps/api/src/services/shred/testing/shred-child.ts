import { openDatabase } from '@chartward/db'
import { openApp } from '../../../composition/open-app.ts'
import { createLogger } from '../../../core/log.ts'
import type { KeyFiles } from '../../../keys/key-files.ts'
import { browserOf } from '../../../testing/sign-in.ts'
import { createCallerFactory, router } from '../../../trpc/trpc.ts'
import { finishShreds } from '../finish.ts'
import { shredRouter } from '../router.ts'

/*
 * Agrees to a destruction, where one waits, and gives all that were carried out their lines and certificates,
 * in a process of its own, for tests that kill it. Says when it begins.
 */
interface Given {
  readonly url: string
  readonly files: KeyFiles
  readonly store: string
  readonly token: string
  readonly ip: string
  readonly input: { patientId: never; approvalId: string; reason: string } | null
}
const { url, files, store, token, ip, input }: Given = JSON.parse(process.argv[2] ?? '')
const app = await openApp({
  db: openDatabase({ url, connections: 3, name: 'test-shred' }),
  files,
  log: createLogger('silent'),
  publicUrl: 'http://localhost:4380',
  careRelationshipDays: 3650,
  logVerifierKey: '',
  logStore: store,
})
const caller = createCallerFactory(router({ shred: shredRouter }))(browserOf(app, token, ip))
process.stdout.write('begun\n')
if (input !== null) await caller.shred.approve(input)
await finishShreds(app)
await app.close()
