import { openDatabase } from '@chartward/db'
import type { PatientId, UserId } from '@chartward/policy'
import { openApp } from '../../../composition/open-app.ts'
import { createLogger } from '../../../core/log.ts'
import type { KeyFiles } from '../../../keys/key-files.ts'
import { appRouter } from '../../../router.ts'
import { browserOf } from '../../../testing/sign-in.ts'
import { createCallerFactory } from '../../../trpc/trpc.ts'

/*
 * Breaks a glass, gives a cover and ends it, in a process of its own, for tests that kill it: its argument is
 * a `Given` as JSON. Says when it begins.
 */
interface Given {
  readonly url: string
  readonly files: KeyFiles
  readonly token: string
  readonly ip: string
  readonly userIds: UserId[]
  /** For whom the glass is broken. */
  readonly patientId: PatientId
}
const { url, files, token, ip, userIds, patientId }: Given = JSON.parse(process.argv[2] ?? '')
const app = await openApp({
  db: openDatabase({ url, connections: 3, name: 'test-cover' }),
  files,
  log: createLogger('silent'),
  publicUrl: 'http://localhost:4380',
  careRelationshipDays: 3650,
  logVerifierKey: '',
})
const call = createCallerFactory(appRouter)(browserOf(app, token, ip))
const reason = 'Killed in the middle'
process.stdout.write('begun\n')
const endsAt = new Date(app.clock().getTime() + 86_400_000)
await call.breakGlass.open({ patientId, cause: 'emergency', reason })
const { id } = await call.covers.give({ patients: 'all', userIds, endsAt, reason })
await call.covers.end({ id, reason })
await app.close()
