import type { ListMyPatientsInput, ListMyPatientsOutput } from '@chartward/contract'
import { fieldAccess, type PatientId, type Scope } from '@chartward/policy'
import type { App } from '../../app.ts'
import { type InCare, patientsInCareOf } from '../../care/relationship.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { compareNames, nameKeyOf } from './name-order.ts'
import { disclosed, type OpenedRow, patientRows } from './rows.ts'

const PAGE = 50
/** Names are in no index: to order by them each is opened, and of more people than this none is. */
const MOST_BY_NAME = 500

/**
 * The patients in the reader's care, a page at a time: those of the last contact first, or by name. By name
 * only where the reader sees names: an order tells what a mask hides. The answer says which order it is.
 */
export const listMyPatients = async ({
  ctx: { app, user, entry },
  scope,
  input,
}: {
  ctx: VerbContext<'patient.listed'>
  scope: Scope
  input: ListMyPatientsInput
}): Promise<ListMyPatientsOutput> => {
  const inCare = await patientsInCareOf(app, user.id, app.clock())
  const whyNotByName = input.order === 'name' ? whyNot(scope, inCare) : null
  const isByName = input.order === 'name' && whyNotByName === null
  const { opened, nextCursor } = isByName
    ? await pageByName(app, scope, inCare, input.cursor)
    : await pageByContact(app, scope, inCare, input.cursor)
  entry.shown(disclosed(opened))
  return {
    items: opened.map(({ row }) => row),
    nextCursor,
    order: isByName ? 'name' : 'last-contact',
    whyNotByName,
  }
}

const whyNot = (scope: Scope, inCare: readonly InCare[]): ListMyPatientsOutput['whyNotByName'] => {
  if (fieldAccess(scope, 'Patient.name') !== 'clear') return 'not-permitted'
  return inCare.length > MOST_BY_NAME ? 'too-many' : null
}

interface Page {
  readonly opened: readonly OpenedRow[]
  readonly nextCursor: string | null
}

const byId = (a: PatientId, b: PatientId): number => (a < b ? -1 : a > b ? 1 : 0)

const open = (app: App, scope: Scope, some: readonly InCare[]): Promise<OpenedRow[]> => {
  const ids = some.map(({ patientId }) => patientId)
  return patientRows(app, scope, ids, ids, new Map(some.map((one) => [one.patientId, one])))
}

interface ContactPlace {
  readonly at: number
  readonly id: PatientId
}

const compareContacts = (a: ContactPlace, b: ContactPlace): number => b.at - a.at || byId(a.id, b.id)

/** The contract has checked the form; of another order it is no place, and the list begins anew. */
const contactPlace = (cursor: string | undefined): ContactPlace | null => {
  const [order, at, id] = cursor?.split('.') ?? []
  return order === 'last-contact' && id !== undefined ? { at: Number(at), id: id as PatientId } : null
}

const pageByContact = async (
  app: App,
  scope: Scope,
  inCare: readonly InCare[],
  cursor: string | undefined,
): Promise<Page> => {
  const after = contactPlace(cursor)
  const rest = inCare
    .map((one) => ({ one, at: one.lastContact.getTime(), id: one.patientId }))
    .filter((place) => after === null || compareContacts(place, after) > 0)
    .toSorted(compareContacts)
  const page = rest.slice(0, PAGE)
  const last = page.at(-1)
  const opened = await open(
    app,
    scope,
    page.map(({ one }) => one),
  )
  const isMore = rest.length > PAGE && last !== undefined
  return { opened, nextCursor: isMore ? `last-contact.${last.at}.${last.id}` : null }
}

/** The place is a person and not a name, which would leave in the cursor: where they stand is looked up. */
const pageByName = async (
  app: App,
  scope: Scope,
  inCare: readonly InCare[],
  cursor: string | undefined,
): Promise<Page> => {
  const named = (await open(app, scope, inCare))
    .map((opened) => ({ opened, key: opened.row.withheld ? null : nameKeyOf(opened.row.values.name) }))
    .toSorted((a, b) => compareNames(a.key, b.key) || byId(a.opened.patientId, b.opened.patientId))
  const id = cursor?.startsWith('name.') ? cursor.slice('name.'.length) : null
  const begins = named.findIndex(({ opened }) => opened.patientId === id) + 1
  const page = named.slice(begins, begins + PAGE).map(({ opened }) => opened)
  const last = page.at(-1)
  const isMore = named.length > begins + PAGE && last !== undefined
  return { opened: page, nextCursor: isMore ? `name.${last.patientId}` : null }
}
