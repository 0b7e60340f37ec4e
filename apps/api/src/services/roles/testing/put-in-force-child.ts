import { openDatabase } from '@chartward/db'
import { openApp } from '../../../composition/open-app.ts'
import { createLogger } from '../../../core/log.ts'
import type { KeyFiles } from '../../../keys/key-files.ts'
import { browserOf } from '../../../testing/sign-in.ts'
import { createCallerFactory, router } from '../../../trpc/trpc.ts'
import { rolesRouter } from '../router.ts'

/*
 * Puts a version of a role in force in a process of its own, for tests that kill it:
 * `node put-in-force-child.ts {"url": …, "files": …, "token": …, "input": …}`. Says when it begins.
 */
interface Given {
  readonly url: string
  readonly files: KeyFiles
  readonly token: string
  readonly ip: string
  readonly input: { name: string; version: number; hash: string; reason: string }
}
const { url, files, token, ip, input }: Given = JSON.parse(process.argv[2] ?? '')
const app = await openApp({
  db: openDatabase({ url, connections: 3, name: 'test-put-in-force' }),
  files,
  log: createLogger('silent'),
  publicUrl: 'http://localhost:4380',
  careRelationshipDays: 3650,
  logVerifierKey: '',
})
const caller = createCallerFactory(router({ roles: rolesRouter }))(browserOf(app, token, ip))
process.stdout.write('begun\n')
await caller.roles.putInForce(input)
await app.close()
