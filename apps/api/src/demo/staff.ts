import { builtInRoles as roles } from '@chartward/policy'
import { DEMO_PEOPLE, type DemoPerson, keyOf } from './people.ts'

/** The patient whom somebody of the billing office is related to, or so it seems. */
export const NAMESAKE = 17

type Traits = Omit<DemoPerson, 'displayName' | 'email' | 'role'>

const person = (displayName: string, role: { readonly name: string }, traits: Traits = {}): DemoPerson => ({
  displayName,
  email: `${displayName.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@demo.example`,
  role: role.name,
  ...traits,
})

/** The colleagues of whoever is printed: forty people in all. Nobody knows their passwords. */
export const COLLEAGUES: readonly DemoPerson[] = [
  person('Solveig Marchetti', roles.privacyOfficer),
  person('Ingrid Kowalczyk', roles.clinician, { practitioner: 1 }),
  person('Desmond Aguilar', roles.clinician, { practitioner: 2 }),
  person('Priya Venkatesan', roles.clinician, { practitioner: 3 }),
  person('Marguerite Dubois', roles.clinician, { practitioner: 4 }),
  person('Tomasz Rybak', roles.clinician, { practitioner: 5 }),
  person('Yuki Hasegawa', roles.clinician, { practitioner: 6 }),
  person('Olumide Bakare', roles.clinician, { practitioner: 7 }),
  person('Clara Steinbrenner', roles.clinician, { practitioner: 8 }),
  person('Emeka Nwosu', roles.clinician, { practitioner: 9 }),
  person('Ruth Abernathy', roles.clinician, { practitioner: 10 }),
  person('Pilar Etxeberria', roles.nurse, { careTeam: 0 }),
  person('Anders Holmgaard', roles.nurse, { careTeam: 1 }),
  person('Fatima Zahra Benali', roles.nurse, { careTeam: 1 }),
  person('Joanne Pemberton', roles.nurse, { careTeam: 2 }),
  person('Kwame Asante', roles.nurse, { careTeam: 2 }),
  person('Liesel Baumgartner', roles.nurse, { careTeam: 3 }),
  person('Mateo Quiroga', roles.nurse, { careTeam: 3 }),
  person('Nadia Petrosyan', roles.nurse, { careTeam: 4 }),
  person('Oonagh Fitzgibbon', roles.nurse, { careTeam: 4 }),
  person('Stellan Ekwall', roles.nurse, { careTeam: 5 }),
  person('Thandiwe Mokoena', roles.nurse, { careTeam: 5 }),
  person('Vasile Ionescu', roles.nurse, { careTeam: 0 }),
  person('Wilhelmina Draper', roles.nurse, { careTeam: 1, awayFor: 89 }),
  person('Gregor Halvorsen', roles.nurse, { careTeam: 2, aside: true }),
  person('Xiomara Beltran', roles.nurse, { careTeam: 3, joined: 41 }),
  person('Lorenzo Calabrese', roles.billing),
  person('Hye-jin Baek', roles.billing),
  person('Dorothea Winslow', roles.billing, { namesakeOf: NAMESAKE }),
  person('Arturo Villaseñor', roles.billing, { joined: 33 }),
  person('Elspeth Crawford', roles.analyst),
]

export const STAFF: readonly DemoPerson[] = [...DEMO_PEOPLE, ...COLLEAGUES]

/** The key of whoever is printed for a role: of the first, where there are two. */
export const shownAs = (role: { readonly name: string }): string => {
  const person = DEMO_PEOPLE.find((one) => one.role === role.name)
  if (person === undefined) throw new Error(`The demo has no ${role.name}.`)
  return keyOf(person)
}
