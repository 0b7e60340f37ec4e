import type { Person } from './sign-in.ts'

const DOMAIN = 'harborview.example'

/** A password that meets the policy: it holds nothing of the name, the address or the product. */
const someone = (name: string, local: string, word: string, domain = DOMAIN): Person => ({
  name,
  email: `${local}@${domain}`,
  password: `Quiet-${word}-Meadow-58`,
  authenticator: null,
})

export const STAFF = {
  first: someone('Ada Okonkwo', 'ada', 'Juniper'),
  second: someone('Bram Vestergaard', 'bram', 'Lantern'),
  clinician: someone('Carla Ruzicka', 'carla', 'Orchid'),
  stranger: someone('Dov Lindholm', 'dov', 'Walnut'),
  nurse: someone('Emi Takahara', 'emí+ward&night', 'Copper', 'klinik-münchen.example'),
  clerk: someone('Femi Adeyemi', 'femi', 'Velvet'),
  officer: someone('Greta Solheim', 'greta', 'Basalt'),
  analyst: someone('Hugo Marchetti', 'hugo', 'Saffron'),
} as const satisfies Record<string, Person>

export type StaffKey = keyof typeof STAFF

/**
 * Whom the first administrator invites, the role that each gets, by the title that the console shows, and its
 * last day.
 */
export const INVITED = [
  { key: 'clinician', title: 'Clinician', privileged: false, until: null },
  { key: 'stranger', title: 'Clinician', privileged: false, until: null },
  { key: 'nurse', title: 'Nurse', privileged: false, until: null },
  { key: 'clerk', title: 'Billing clerk', privileged: true, until: '2099-12-31' },
  { key: 'officer', title: 'Privacy officer', privileged: true, until: null },
  { key: 'analyst', title: 'Analyst', privileged: false, until: null },
] as const satisfies readonly {
  key: StaffKey
  title: string
  privileged: boolean
  until: string | null
}[]
