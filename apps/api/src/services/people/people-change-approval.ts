import { z } from 'zod'
import { ChartwardError } from '../../core/errors.ts'
import { isForPeople } from '../approvals/approval.ts'
import { defineApprovalKind } from '../approvals/kind.ts'
import { agree } from './agree.ts'
import { askedFor, concernedBy, findChange, forgetContent } from './change-row.ts'
import { requireParts } from './parts.ts'
import { planOf } from './plan.ts'

const LINES = {
  import: 'Import of people from a file',
  bulk: 'The same change for several people',
  transfer: 'Transfer of a person',
} as const

/**
 * That a file of people is carried out, or a change of several people that one alone may not make: exactly
 * the difference that whoever decides has looked at.
 */
export const peopleChangeApproval = defineApprovalKind({
  subject: isForPeople,
  request: 'account:people:change',
  decide: 'access:approval:decide',
  // About several accounts: a privileged role is among it for nobody who has not enrolled.
  enrolledOnly: false,
  payload: z.strictObject({ sha256: z.string(), plan: z.string() }),

  describe: async (app, _policy, { approval }) => {
    const { kind, lines } = await findChange(app.db, app, approval.subjectId)
    const many = kind === 'import' ? `lines: ${lines}` : `people: ${lines}`
    return { line: `${LINES[kind]} (${many})`, endsAt: null, role: null, gives: [] }
  },

  mark: async (tx, app, { approval: { subjectId, requestedBy, decidedBy } }, status) => {
    const row = await findChange(tx, app, subjectId)
    const asked = await askedFor(app, row)
    if (asked === null || row.workId !== null) throw new ChartwardError('CONFLICT', 'This is done already.')
    const plan = await planOf(tx, app, asked)
    if (decidedBy === null || concernedBy(plan).includes(decidedBy))
      throw new ChartwardError(
        'SECOND_PERSON_REQUIRED',
        'This changes your own account too: somebody else decides on it.',
      )
    if (status === 'rejected') return forgetContent(tx, subjectId)
    await requireParts(tx, app, requestedBy, plan)
    if (plan.counts.create + plan.counts.change === 0)
      throw new ChartwardError('CONFLICT', 'Nothing would change by this any more. Reject it.')
    await agree(tx, app, { id: subjectId, plan, askedBy: requestedBy })
  },

  // The work that `mark` has asked for does it, person by person.
  carryOut: async () => undefined,
  turnDown: async () => undefined,
})
