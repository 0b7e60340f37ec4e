import { builtInRoles as roles } from '@chartward/policy'

/** Who signs in to the demo. The addresses are of a domain that can't exist (RFC 2606). */
export interface DemoPerson {
  readonly displayName: string
  readonly email: string
  readonly role: string
  /** Linked to the practitioner of the generated population who sees the most patients. */
  readonly practitioner?: true
  /** Put by hand into the care team of some of that practitioner's patients. */
  readonly careTeam?: true
}

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { displayName: 'Avery Lindqvist', email: 'admin@demo.example', role: roles.administrator.name },
  { displayName: 'Morgan Achterberg', email: 'admin2@demo.example', role: roles.administrator.name },
  { displayName: 'Imogen Vasquez-Toft', email: 'privacy@demo.example', role: roles.privacyOfficer.name },
  {
    displayName: 'Rafael Oyelaran',
    email: 'clinician@demo.example',
    role: roles.clinician.name,
    practitioner: true,
  },
  { displayName: 'Noor Haddad-Iversen', email: 'nurse@demo.example', role: roles.nurse.name, careTeam: true },
  { displayName: 'Beatrix Mulvaney', email: 'billing@demo.example', role: roles.billing.name },
  { displayName: 'Tadeo Brankovic', email: 'analyst@demo.example', role: roles.analyst.name },
]
