import type { Role } from '../policy.ts'
import { LABELS } from '../security-labels.ts'

/** All but psychotherapy notes (45 CFR 164.524(a)(1)(i)). */
const OWN_LABELS = LABELS.filter((label) => label !== 'psychotherapy-notes')

/** The individual's own access (45 CFR 164.524): their whole record, and nobody else's. */
export const patient: Role = {
  name: 'patient',
  version: 2,
  title: 'Patient',
  description: 'Sees their own record.',
  privileged: false,
  statements: [
    {
      id: 'patient/read-own',
      effect: 'allow',
      permissions: ['vault:patient:read', 'vault:record:list', 'vault:record:read'],
      rows: 'self',
      clear: [
        'class:identity',
        'class:contact',
        'class:clinical',
        'class:narrative',
        'class:billing',
        'Medication.*',
      ],
      labels: OWN_LABELS,
    },
  ],
}
