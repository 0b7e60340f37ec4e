import type { Outputs } from '../../lib/trpc.ts'

export type Role = Outputs['users']['rolePermits'][number]
type Patients = Role['permits'][number]['patients']
type Seen = Role['sees'][number]

const PATIENTS: Readonly<Record<NonNullable<Patients>, string>> = {
  care: ' · of patients in their care',
  self: ' · of themselves',
  all: ' · of every patient',
}

/** Whose records a permission reaches at most. */
export const patientsOf = (patients: Patients): string => (patients === null ? '' : PATIENTS[patients])

const CLASSES: Readonly<Record<Seen['fieldClass'], readonly [name: string, what: string]>> = {
  identity: ['Identity', 'names, birth date, identifiers'],
  contact: ['Contact', 'addresses, telephone, e-mail'],
  clinical: ['Clinical', 'problems, results, medication, visits'],
  narrative: ['Narrative', 'notes and free text'],
  billing: ['Billing', 'insurance and claims'],
}

export const classOf = ({ fieldClass }: Seen): { readonly name: string; readonly what: string } => {
  const [name, what] = CLASSES[fieldClass]
  return { name, what }
}

/** "All", "12 of 40", "None": of how many fields of a class something is so. */
export const shareOf = (count: number, of: number): string =>
  count === 0 ? 'None' : count === of ? 'All' : `${count} of ${of}`
