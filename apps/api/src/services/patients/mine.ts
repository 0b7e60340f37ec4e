import type { ListMyPatientsInput, ListMyPatientsOutput } from '@chartward/contract'
import type { Scope } from '@chartward/policy'
import { patientsInCareOf } from '../../care/relationship.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { disclosed, patientRows } from './rows.ts'

const PAGE = 50

/** The patients in the reader's care, in order of id, a page at a time. */
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
  const { cursor } = input
  const rest = cursor === undefined ? inCare : inCare.filter(({ patientId }) => patientId > cursor)
  const page = rest.slice(0, PAGE)
  const ids = page.map(({ patientId }) => patientId)
  const relationships = new Map(page.map((relationship) => [relationship.patientId, relationship]))
  const opened = await patientRows(app, scope, ids, ids, relationships)
  entry.shown(disclosed(opened))
  return { items: opened.map(({ row }) => row), nextCursor: rest.length > PAGE ? (ids.at(-1) ?? null) : null }
}
