import { changePeopleFigures } from '@chartward/contract'
import type { Connection } from '@chartward/db'
import { openText } from '../../keys/sealed-text.ts'
import { defineJobWork } from '../works/kind.ts'
import { WORKER } from '../works/work.ts'
import { carryOutLine, madeBy } from './carry-out.ts'
import { type ChangeId, changeIdOf, findChange, forgetContent, openPlan, reasonPlace } from './change-row.ts'
import { CHANGE_PEOPLE } from './work-spec.ts'

/**
 * Carries out what was agreed on, one person after the other. Killed anywhere it goes on where it was: what
 * has become of a line stands beside it, written with what was done.
 */
export const changePeopleWork = defineJobWork({
  ...CHANGE_PEOPLE,
  sees: { all: 'account:people:list', own: null },
  cancel: 'leaves-whole-parts',
  result: changePeopleFigures,
  show: (stored) => stored,

  run: async ({ app, work, progress, signal }) => {
    const row = await findChange(app.db, app, work.subjectId ?? '')
    const agreed = await openPlan(app, row)
    const carrying = {
      id: row.id,
      askedBy: row.askedBy,
      approvalId: row.approvalId,
      reason: row.reason === null ? '' : await openText(app.keyring, reasonPlace(row.id), row.reason),
      made: madeBy(agreed),
      by: {
        actor: WORKER,
        facts: { change: row.id, askedBy: row.askedBy, work: work.id, approval: row.approvalId },
      },
    }
    const lines = agreed.lines.filter(({ line: { outcome } }) => outcome === 'create' || outcome === 'change')
    progress.phase('persons', lines.length)
    for (const planned of lines) {
      signal.throwIfAborted()
      await carryOutLine(app, planned, carrying)
      progress.advance(1)
    }
    await forgetContent(app.db, row.id)
    return resultFigures(app.db, row.id)
  },

  settle: async ({ app, work }) => {
    await forgetContent(app.db, changeIdOf(work.subjectId ?? ''))
    return null
  },
})

/** What has become of the lines that were to be done. */
export const resultFigures = async ({ sql }: Pick<Connection, 'sql'>, id: ChangeId) => {
  const rows = await sql<{ outcome: string; count: number }[]>`
    select outcome, count(*)::int as count from people_change_lines where change_id = ${id} group by outcome`
  const of = (outcome: string) => rows.find((row) => row.outcome === outcome)?.count ?? 0
  return { done: of('done'), same: of('same'), refused: of('refused'), overtaken: of('overtaken') }
}
