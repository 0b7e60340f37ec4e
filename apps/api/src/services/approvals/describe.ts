import type { App } from '../../app.ts'
import { practitionerById } from '../directory/directory.ts'
import type { Approval } from './approval.ts'

/** Says in a line what would happen if the request were approved. */
export const describeApproval = async (app: App, { kind, payload }: Approval): Promise<string> => {
  if (kind === 'role-assignment') {
    const role = payload.role ?? ''
    const title = app.policy.roles[role]?.title ?? role
    return payload.endsAt == null ? `Role ${title}` : `Role ${title} until ${payload.endsAt.slice(0, 10)}`
  }
  if (kind === 'practitioner-link') {
    const practitioner =
      payload.practitionerId == null ? null : await practitionerById(app, payload.practitionerId)
    if (practitioner === null) return 'Link to a practitioner who is no longer in the directory'
    return `Link to practitioner ${practitioner.name}${practitioner.npi === null ? '' : `, NPI ${practitioner.npi}`}`
  }
  return 'De-identified export'
}
