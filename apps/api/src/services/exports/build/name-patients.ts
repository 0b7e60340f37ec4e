import type { PatientId } from '@chartward/policy'
import type { App } from '../../../app.ts'
import { BUILDER } from './scope.ts'

/** How many patients one entry names at most: some 20 KB. */
const MOST_IN_ENTRY = 500

/**
 * Names in the audit log every patient whose records a build is about to read, committed before it does: so
 * also for a build that fails, and once more for one that begins anew.
 */
export const namePatients = async (
  { audit }: Pick<App, 'audit'>,
  exportId: string,
  ids: readonly PatientId[],
): Promise<void> => {
  for (let at = 0; at < ids.length; at += MOST_IN_ENTRY) {
    const named = ids.slice(at, at + MOST_IN_ENTRY).toSorted()
    await audit.commit({
      action: 'export.patients-read',
      outcome: 'success',
      actor: BUILDER,
      resource: { type: 'ExportRequest', id: exportId },
      count: named.length,
      facts: { patients: named },
    })
  }
}
