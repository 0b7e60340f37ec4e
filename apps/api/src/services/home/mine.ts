import type { MyWorkOutput } from '@chartward/contract'
import type { PatientId, Rows } from '@chartward/policy'
import { patientsInCareOf } from '../../care/relationship.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { rowsHeld } from '../../guard/holds.ts'
import { OPENED } from './kinds.ts'

/** How many of one's own latest entries are looked at, and how many patients shown of them. */
const LOOK_AT = 500
const SHOWN = 8

/**
 * A clinician's own work. Whoever may list no patients gets no patient's id, whatever they did in another
 * role.
 */
export const myWork = async ({ ctx }: { ctx: VerbContext<'home.viewed'> }): Promise<MyWorkOutput> => {
  const { app, user } = ctx
  const rows = rowsHeld(ctx, 'vault:patient:list')
  if (rows === null) return { patients: 0, recent: [] }
  const inCare = new Set(
    (await patientsInCareOf(app, user.id, app.clock())).map(({ patientId }) => patientId),
  )
  const latest = await app.db.sql<{ patient_id: PatientId; at: string }[]>`
    select patient_id, max(at) as at from (
      select patient_id, at, action, outcome from audit_entries where actor_id = ${user.id} order by id desc limit ${LOOK_AT}
    ) own
    where patient_id is not null and outcome = 'success' and action in ${app.db.sql([...OPENED])}
    group by patient_id order by 2 desc`
  return {
    patients: inCare.size,
    recent: latest
      .filter(({ patient_id }) => mayOpen(rows, inCare, patient_id))
      .slice(0, SHOWN)
      .map(({ patient_id: patientId, at }) => ({ patientId, at: new Date(at).toISOString() })),
  }
}

const mayOpen = (rows: Rows, inCare: ReadonlySet<PatientId>, patientId: PatientId): boolean =>
  rows.kind === 'all' || inCare.has(patientId) || (rows.kind === 'self' && rows.patientId === patientId)
