import type { PeopleLine } from '@chartward/contract'
import type { TestApp } from '../../../testing/test-app.ts'
import type { Somebody } from '../../users/testing/person.ts'
import { finishWork } from '../../works/testing/finish-work.ts'

export const HEADER = 'name,email,employee_number,department,manager,roles,status'
const REASON = 'The new rota of the house'

/** A file of these lines, as a request carries it. */
export const fileOf = (...lines: readonly string[]): string =>
  Buffer.from([HEADER, ...lines, ''].join('\r\n')).toString('base64')

/** Sends a file in and gives its id and its dry run, every line of it. */
export const dryRun = async ({ people }: Somebody, ...lines: readonly string[]) => {
  const { id } = await people.importFile({ file: fileOf(...lines) })
  const { difference } = await people.get({ id, limit: 200 })
  if (difference === null) throw new Error('nothing is left of the file')
  return { id, ...difference }
}

/** What is wrong with each line: its number, and the column and words of each problem. */
export const problemsOf = (lines: readonly PeopleLine[]): Record<number, string[]> =>
  Object.fromEntries(
    lines.flatMap(({ line, problems }) =>
      problems.length === 0
        ? []
        : [[line, problems.map(({ column, says }) => (column === null ? says : `${column}: ${says}`))]],
    ),
  )

/** Asks for a file, has a second person approve it, and carries it out. Gives the change's id. */
export const carriedOut = async (
  t: TestApp,
  { first, second }: { readonly first: Somebody; readonly second: Somebody },
  ...lines: readonly string[]
): Promise<string> => {
  const { id, hash } = await dryRun(first, ...lines)
  const { approvalId } = await first.people.requestImport({ id, hash, reason: REASON })
  await second.approvals.approve({ id: approvalId })
  await finish(t, first, id)
  return id
}

/** Carries out what was agreed on. */
export const finish = async (t: TestApp, { people }: Somebody, id: string): Promise<void> => {
  const { workId } = await people.get({ id })
  if (workId === null) throw new Error('nothing was agreed on')
  await finishWork(t.app, workId)
}
