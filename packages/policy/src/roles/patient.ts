import type { Role } from '../policy.ts'
import { LABELS } from '../security-labels.ts'
import { REFERRED_TO } from './care.ts'

/** All but psychotherapy notes (45 CFR 164.524(a)(1)(i)). */
const OWN_LABELS = LABELS.filter((label) => label !== 'psychotherapy-notes')

/**
 * The individual's own access (45 CFR 164.524): their whole record, what no field is declared for included,
 * with the names of who and what it refers to; who saw it; and nobody else's.
 */
export const patient: Role = {
  name: 'patient',
  version: 3,
  title: 'Patient',
  description: 'Sees their own record, and who saw it.',
  privileged: false,
  ofPatients: true,
  statements: [
    {
      id: 'patient/read-own',
      effect: 'allow',
      permissions: ['vault:patient:read', 'vault:record:list', 'vault:record:read', 'self:record:export'],
      rows: 'self',
      clear: [
        'class:identity',
        'class:contact',
        'class:clinical',
        'class:narrative',
        'class:billing',
        ...REFERRED_TO,
      ],
      labels: OWN_LABELS,
      whole: true,
    },
    {
      id: 'patient/see-accesses',
      effect: 'allow',
      permissions: ['self:access:list'],
      rows: 'self',
    },
  ],
}
