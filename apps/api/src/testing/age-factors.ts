import { openDatabase, withTransaction } from '@chartward/db'
import { isNull } from 'drizzle-orm'
import { openApp } from '../composition/open-app.ts'
import { createLogger } from '../core/log.ts'
import { keyFiles } from '../keys/key-files.ts'
import { KINDS } from '../vouch/kinds.ts'

/**
 * Makes every session's last code six minutes older, as if that time had passed: for a test of a server that
 * runs. It takes the installation's keys, since without them nobody changes a session.
 */
const { DATABASE_URL: url = '', CHARTWARD_KEYS: keys = '' } = process.env
const SIX_MINUTES_MS = 6 * 60_000

const app = await openApp({
  db: openDatabase({ url, connections: 2, name: 'age-factors' }),
  files: keyFiles(keys),
  log: createLogger('error'),
  publicUrl: 'http://localhost',
  careRelationshipDays: 3650,
  logVerifierKey: '',
})
await withTransaction(app.db, 'none', async (tx) => {
  await app.vouching.change(tx, 'session', isNull(KINDS.session.table.endedAt), ({ factorAt }) => ({
    factorAt: factorAt === null ? null : new Date(factorAt.getTime() - SIX_MINUTES_MS),
  }))
  await app.audit.append(tx, {
    action: 'home.viewed',
    outcome: 'success',
    actor: { kind: 'system', name: 'test' },
    resource: { type: 'none', id: null },
  })
})
await app.close()
