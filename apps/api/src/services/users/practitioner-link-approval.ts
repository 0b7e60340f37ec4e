import { z } from 'zod'
import { isForUser } from '../approvals/approval.ts'
import { defineApprovalKind } from '../approvals/kind.ts'
import { practitionerById } from '../directory/directory.ts'
import { linkPractitioner } from './link-practitioner.ts'

/**
 * That somebody is taken for a practitioner of the directory, and with it for who gives care to that
 * one's patients.
 */
export const practitionerLinkApproval = defineApprovalKind({
  subject: isForUser,
  request: 'account:practitioner:link',
  decide: 'access:approval:decide',
  enrolledOnly: true,
  payload: z.strictObject({ practitionerId: z.guid() }),

  describe: async (app, _policy, { payload: { practitionerId } }) => {
    const found = await practitionerById(app, practitionerId)
    const line =
      found === null
        ? 'Link to a practitioner who is no longer in the directory'
        : `Link to practitioner ${found.name}${found.npi === null ? '' : `, NPI ${found.npi}`}`
    const gives = ['What their roles allow, for the patients whom this practitioner treats or has treated']
    return { line, endsAt: null, role: null, gives }
  },

  carryOut: (tx, app, by, { approval: { subjectId }, payload: { practitionerId } }) =>
    linkPractitioner(tx, app, by, { userId: subjectId, practitionerId }),

  turnDown: async () => undefined,
})
