import { CARE_DAYS } from '@chartward/contract'
import { type Database, schema, type Transaction, withTransaction } from '@chartward/db'
import type { PatientId, UserId } from '@chartward/policy'
import { inArray } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { RowOf } from '../../vouch/kinds.ts'
import { isEnrolled } from '../approvals/standing.ts'
import type { NamedSpan } from '../import/care-spans.ts'
import { Practitioners } from '../import/practitioners.ts'
import { trustedRows } from '../import/trusted-care.ts'
import { livingPatientsOf } from './patients-written.ts'
import { type TrustedUpload, type UploadedCare, uploadedCare } from './uploaded-care.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** All of it is looked at together, and comes into force in one transaction. */
const MOST_PATIENTS = 500
const MOST_GAINS = 5_000

/** Care that somebody would have by an upload. */
export interface Gain {
  readonly patientId: PatientId
  readonly userId: UserId
  readonly kind: NamedSpan['kind']
  readonly startsAt: Date
  readonly endsAt: Date
}

export interface TrustPlan {
  readonly patients: readonly PatientId[]
  /** What would come into force, in a fixed order. */
  readonly gains: readonly Gain[]
  /** Whoever is a practitioner that it names, also where they would gain nothing. */
  readonly named: ReadonlySet<UserId>
  /** How many of the practitioners that it names nobody who has enrolled is linked to. */
  readonly unlinked: number
}

const planned = new WeakMap<Transaction, Map<string, TrustPlan>>()

/**
 * Whose care would count if an upload were trusted, as its records and the directory are. In a transaction it
 * is worked out once: what was looked at is what is carried out. Rejects CONFLICT for an upload that is too
 * large to be looked at.
 */
export const planTrust = async (
  connection: Database | Transaction,
  app: App,
  upload: TrustedUpload,
): Promise<TrustPlan> => {
  if (connection.kind !== 'transaction')
    return withTransaction(connection, 'none', (tx) => planTrust(tx, app, upload))
  const plans = planned.get(connection) ?? new Map<string, TrustPlan>()
  planned.set(connection, plans)
  const made = plans.get(upload.id) ?? (await plan(connection, app, upload))
  plans.set(upload.id, made)
  return made
}

const plan = async (tx: Transaction, app: App, upload: TrustedUpload): Promise<TrustPlan> => {
  const patients = await livingPatientsOf(app, upload.requestId)
  if (patients.length > MOST_PATIENTS) throw tooMuch(`It has brought more than ${MOST_PATIENTS} patients`)
  return withTransaction(tx, patients, async () => {
    const practitioners = new Practitioners(app)
    const said = new Map<PatientId, UploadedCare>()
    for (const patientId of patients)
      said.set(patientId, await uploadedCare(tx, app, practitioners, { upload, patientId }))
    const { linked, named, unlinked } = await peopleOf(
      tx,
      app,
      [...said.values()].flatMap(({ people }) => people),
    )
    const gains: Gain[] = []
    for (const [patientId, { spans }] of said)
      gains.push(...(await gainsOf(tx, app, patientId, spans, linked)))
    if (gains.length > MOST_GAINS) throw tooMuch(`It tells of more than ${MOST_GAINS} care relationships`)
    return { patients, gains, named, unlinked }
  })
}

const tooMuch = (text: string): ChartwardError =>
  new ChartwardError(
    'CONFLICT',
    `${text}: too many for somebody to agree on at once. Withdraw it, and upload it in parts.`,
  )

interface People {
  readonly linked: ReadonlyMap<string, UserId>
  readonly named: ReadonlySet<UserId>
  readonly unlinked: number
}

/** Who is linked to the practitioners; of them those who have enrolled gain by it. */
const peopleOf = async (tx: Transaction, app: App, people: UploadedCare['people']): Promise<People> => {
  const ids = [...new Set(people.flat())]
  const rows = await tx.orm.select().from(schema.users).where(inArray(schema.users.practitionerId, ids))
  const linked = new Map<string, UserId>()
  const named = new Set<UserId>()
  for (const { id, practitionerId } of rows) {
    named.add(id)
    if (practitionerId !== null && (await isEnrolled(tx, app, id))) linked.set(practitionerId, id)
  }
  const nobodys = people.filter((entries) => !entries.some((id) => linked.has(id)))
  return { linked, named, unlinked: new Set(nobodys.map((entries) => entries.toSorted().join(' '))).size }
}

/** What is new of it: what somebody has by the same words already is not given again. */
const gainsOf = async (
  tx: Transaction,
  app: App,
  patientId: PatientId,
  spans: readonly NamedSpan[],
  linked: ReadonlyMap<string, UserId>,
): Promise<Gain[]> => {
  const now = app.clock()
  const last = app.calendar.dayOf(new Date(now.getTime() + CARE_DAYS.atMost * DAY_MS)).from
  const gains = spans.flatMap(({ practitionerId, kind, from, to }): Gain[] => {
    const userId = linked.get(practitionerId)
    if (userId === undefined) return []
    const over = to === null ? last.getTime() : to.getTime() + app.settings.careRelationshipDays * DAY_MS
    const endsAt = new Date(Math.min(over, last.getTime()))
    return endsAt <= now || from >= endsAt ? [] : [{ patientId, userId, kind, startsAt: from, endsAt }]
  })
  if (gains.length === 0) return []
  const had = new Set((await trustedRows(tx, app, patientId)).map(keyOf))
  return gains.filter((gain) => !had.has(keyOf(gain)))
}

const keyOf = ({
  userId,
  kind,
  startsAt,
}: Pick<RowOf<'care-relationship'>, 'userId' | 'kind' | 'startsAt'>): string =>
  `${userId} ${kind} ${startsAt.getTime()}`
