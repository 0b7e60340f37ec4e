import type { PeopleReportInput, PeopleReportOutput } from '@chartward/contract'
import { csvLine } from '@chartward/deid'
import type { VerbContext } from '../../guard/guard.ts'
import { findChange } from './change-row.ts'
import { allLines } from './get.ts'

/**
 * What a change came to, line by line, as CSV: the cells are as they were sent but for one that would start a
 * formula in a spreadsheet, which is led by an apostrophe.
 */
export const peopleReport = async ({
  ctx,
  input: { id },
}: {
  readonly ctx: VerbContext<'people.viewed'>
  readonly input: PeopleReportInput
}): Promise<PeopleReportOutput> => {
  const { app, entry } = ctx
  entry.about({ type: 'people-change', id }, null)
  const row = await findChange(app.db, app, id)
  const lines = (await allLines(ctx, row.id))?.lines ?? []
  entry.shown({ count: lines.length, resource: { type: 'people-change', id } })
  const text = lines.map(({ line, displayName, email, outcome, result, changes, problems }) =>
    csvLine([
      line,
      displayName,
      email,
      outcome,
      result,
      changes.map(({ what, from, to }) => `${what}: ${from ?? 'none'} to ${to ?? 'none'}`).join('; '),
      problems.map(({ column, says }) => (column === null ? says : `${column}: ${says}`)).join(' '),
    ]),
  )
  return {
    csv: csvLine(['line', 'name', 'email', 'planned', 'result', 'changes', 'problems']) + text.join(''),
  }
}
