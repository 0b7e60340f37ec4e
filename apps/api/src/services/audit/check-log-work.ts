import { type IntegrityReport, integrityReport, type WorkPhase } from '@chartward/contract'
import { withSnapshot } from '@chartward/db'
import type { App } from '../../app.ts'
import { defineJobWork, type Progress } from '../works/kind.ts'
import { checkLog } from './check-database.ts'
import { checkContents } from './contents/check-contents.ts'

/**
 * Compares the whole log with itself, with its signed checkpoint and with the rows that it tells of, opens
 * whatever is sealed, and names what does not fit. It changes nothing, so it is begun anew where it was cut
 * off.
 */
export const checkLogWork = defineJobWork({
  kind: 'check-log',
  sees: { all: 'audit:log:verify', own: null },
  cancel: 'leaves-nothing',
  oneOf: 'kind',
  result: integrityReport,
  show: ({ size, checked, ok, problemCount, unchecked }) => ({ size, checked, ok, problemCount, unchecked }),
  ends: {
    action: 'audit.verified',
    resource: { type: 'AuditLog', id: null },
    count: ({ problemCount }) => problemCount,
  },
  run: async ({ app, progress, signal }) => {
    const report = await check(app, progress, signal)
    if (!report.ok)
      app.log.error({ problems: report.problemCount }, 'the audit log has failed its integrity check')
    return report
  },
})

const check = (
  app: App,
  progress: Progress<WorkPhase<'check-log'>>,
  signal: AbortSignal,
): Promise<IntegrityReport> =>
  // All rows: every patient's records are opened and compared. What is found says ids, and nothing of them.
  withSnapshot(app.db, 'all', ({ sql }) => {
    let read = 0
    return checkLog(sql, {
      isOwn: (bytes, mac) => app.audit.isOwn(bytes, mac),
      verifierKey: app.settings.logVerifierKey,
      onProgress: ({ checked, size }) => {
        signal.throwIfAborted()
        if (read === 0) progress.phase('entries', size)
        progress.advance(checked - read)
        read = checked
        if (checked === size) progress.phase('rows', null)
      },
      contents: async (findings) => {
        const [versions] = await sql<{ count: string }[]>`select count(*) as count from record_versions`
        progress.phase('contents', Number(versions?.count ?? 0))
        await checkContents(sql, app.keyring, findings, (count) => {
          signal.throwIfAborted()
          progress.advance(count)
        })
        return true
      },
      clock: app.clock,
    })
  })
