import { openDatabase, withTransaction } from '@chartward/db'
import { openApp } from '../../composition/open-app.ts'
import { createLogger } from '../../core/log.ts'
import { keyFiles } from '../../keys/key-files.ts'
import { draftOf } from '../../sequencer/testing/log-kit.ts'

/*
 * A process that writes entries both ways until it is killed, for tests that kill it:
 * `node append-child.ts {"url": …, "keys": …}`. Says each time that some are committed.
 */
const { url, keys }: { url: string; keys: string } = JSON.parse(process.argv[2] ?? '')
const app = await openApp({
  db: openDatabase({ url, connections: 4, name: 'append-child' }),
  files: keyFiles(keys),
  log: createLogger('silent'),
  publicUrl: 'http://localhost',
  careRelationshipDays: 3650,
  logVerifierKey: '',
})
const append = (undo: boolean) =>
  withTransaction(app.db, 'none', async (tx) => {
    await app.audit.append(tx, draftOf())
    await tx.sql`select pg_sleep(0.01)`
    if (undo) throw new Error('undo')
  }).catch(() => undefined)
for (;;) {
  await Promise.all([append(true), append(false), app.audit.commit(draftOf()), app.audit.commit(draftOf())])
  process.stdout.write('committed\n')
}
