import { type SearchedBy, searchPatientsInput } from '@chartward/contract'
import { meaningText } from '../../../lib/fhir/meaning.ts'
import { nameText } from '../../../lib/fhir/text.ts'
import { shortId } from '../../../lib/format.ts'
import { isMasked } from '../../../lib/masked.ts'
import { useCan, useSession } from '../../../lib/session/session.ts'
import { client, type Outputs } from '../../../lib/trpc.ts'
import { useAsked } from './use-asked.ts'

type Found = Outputs['patients']['search']
type Row = Found['items'][number]

/** What a patient is called in a line, as far as the roles show it; what may not be ignored comes first. */
export const patientLine = ({ id, values: { name }, meaning, withheld }: Row): string => {
  if (withheld) return 'Withheld: its source restricts who may see it'
  const text = (isMasked(name) ? name.shown : nameText(name)) ?? `Patient ${shortId(id)}`
  const words = meaningText(meaning)
  return words === null ? text : `${words}: ${text}`
}

/** By what a text is searched for: a number is an MRN, and names are found by those alone who see them. */
export const searchedAs = (text: string, byName: boolean): SearchedBy | null => {
  if (!searchPatientsInput.shape.text.safeParse(text).success) return null
  if (/\d/.test(text)) return 'mrn'
  return byName ? 'name' : null
}

/**
 * Patients by name or MRN. Each search is an audit entry, so none is made of what is merely typed: it is
 * offered, and made when that is chosen.
 */
export const useFoundPatients = (text: string) => {
  const may = useCan()('vault:patient:search')
  const byName = useSession().searchable.includes('Patient.name')
  const { run, ...found } = useAsked<Found>(text)
  const by = may ? searchedAs(text, byName) : null
  const search = () => {
    if (by !== null) run((wanted, signal) => client.patients.search.query({ by, text: wanted }, { signal }))
  }
  return { by, search, ...found }
}
