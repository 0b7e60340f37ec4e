import { builtInRoles as roles } from '@chartward/policy'

/** Somebody of the demo. The addresses are of a domain that can't exist (RFC 2606). */
export interface DemoPerson {
  readonly displayName: string
  readonly email: string
  readonly role: string
  /**
   * Linked to a practitioner of the generated population: 0 for the one who sees the most patients, 1 for the
   * next.
   */
  readonly practitioner?: number
  /** Put by hand into the care team of some of that practitioner's patients. */
  readonly careTeam?: number
  /** Has not signed in for so many days. */
  readonly awayFor?: number
  /** Has an account by an invitation, so many days ago, and not from the beginning. */
  readonly joined?: number
  /** Has the family name of this patient of the population, by their place in it. */
  readonly namesakeOf?: number
  /** Does nothing of what others of the role do every day: a story of their own is told of them. */
  readonly aside?: true
}

/** What acts and stories call somebody by. */
export const keyOf = ({ email }: Pick<DemoPerson, 'email'>): string => email.slice(0, email.indexOf('@'))

/** Whose accounts are printed: somebody of each role of the staff. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { displayName: 'Avery Lindqvist', email: 'admin@demo.example', role: roles.administrator.name },
  { displayName: 'Morgan Achterberg', email: 'admin2@demo.example', role: roles.administrator.name },
  { displayName: 'Imogen Vasquez-Toft', email: 'privacy@demo.example', role: roles.privacyOfficer.name },
  {
    displayName: 'Rafael Oyelaran',
    email: 'clinician@demo.example',
    role: roles.clinician.name,
    practitioner: 0,
  },
  { displayName: 'Noor Haddad-Iversen', email: 'nurse@demo.example', role: roles.nurse.name, careTeam: 0 },
  { displayName: 'Beatrix Mulvaney', email: 'billing@demo.example', role: roles.billing.name },
  { displayName: 'Tadeo Brankovic', email: 'analyst@demo.example', role: roles.analyst.name },
  { displayName: 'Sunniva Okonjo', email: 'security@demo.example', role: roles.securityOfficer.name },
  { displayName: 'Leopold Ferrante', email: 'audit@demo.example', role: roles.auditor.name },
]
