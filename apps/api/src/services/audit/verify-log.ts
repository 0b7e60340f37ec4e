import type { IntegrityReport, VerifyLogOutput } from '@chartward/contract'
import { withSnapshot } from '@chartward/db'
import type { App } from '../../app.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { checkLog } from './check-database.ts'
import { checkContents } from './contents/check-contents.ts'

/**
 * The check that is under way in this process, if any: it reads the whole log, so that whoever asks
 * meanwhile shares it.
 */
const running = new WeakMap<App, Promise<IntegrityReport>>()

/**
 * Compares the whole log with itself, with its signed checkpoint and with the rows that it tells of, opens
 * whatever is sealed, and names what does not fit.
 */
export const verifyLog = async ({
  ctx: { app, entry },
}: {
  ctx: VerbContext<'audit.verified'>
}): Promise<VerifyLogOutput> => {
  const check = running.get(app) ?? startCheck(app)
  const report = await check
  entry.shown({ count: report.problemCount, resource: { type: 'AuditLog', id: null } })
  if (!report.ok)
    app.log.error({ problems: report.problemCount }, 'the audit log has failed its integrity check')
  return report
}

const startCheck = (app: App): Promise<IntegrityReport> => {
  // All rows: every patient's records are opened and compared. What is found says ids, and nothing of them.
  const check = withSnapshot(app.db, 'all', ({ sql }) =>
    checkLog(sql, {
      isOwn: (bytes, mac) => app.audit.isOwn(bytes, mac),
      verifierKey: app.settings.logVerifierKey,
      contents: async (findings) => {
        await checkContents(sql, app.keyring, findings)
        return true
      },
      clock: app.clock,
    }),
  ).finally(() => running.delete(app))
  running.set(app, check)
  return check
}
