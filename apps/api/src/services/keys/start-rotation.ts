import { databaseFault, type Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import type { EntryBase } from '../../audit/entry.ts'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import { keyHash } from '../../keys/create-keys.ts'
import { sealText } from '../../keys/sealed-text.ts'
import type { SystemKeyPurpose } from '../../keys/system-keys.ts'
import { tellMade } from './key-entries.ts'
import { keyRotations } from './rotation-row.ts'
import { slotOf, type Target } from './targets.ts'

export interface RotationOrder {
  readonly target: Target
  readonly cause: 'schedule' | 'hand' | 'suspicion'
  readonly askedBy: UserId | null
  readonly reason: string | null
  /** Who is on record as having done it. */
  readonly entry: EntryBase
}

/**
 * Begins a rotation in the caller's transaction, and gives its id: another key is made, and comes into force
 * when every process knows it (`promote`). Patients' keys come into force one by one, as their records are
 * sealed anew. Rejects CONFLICT while a rotation of the same is under way.
 */
export const startRotation = async (tx: Transaction, app: App, order: RotationOrder): Promise<string> => {
  const { target, cause, askedBy, reason, entry } = order
  const id = newId()
  const now = app.clock()
  await lockSlot(tx, slotOf(target))
  const toKey = target.kind === 'patient' ? null : await makePending(tx, app, target, entry)
  await tx.orm
    .insert(keyRotations)
    .values({
      id,
      kind: target.kind,
      purpose: target.kind === 'system' ? target.purpose : null,
      subjectId: target.kind === 'patient' ? target.patientId : null,
      slot: slotOf(target),
      cause,
      askedBy,
      reason:
        reason === null
          ? null
          : sealText(app.keyring, { table: 'key_rotations', column: 'reason', rowId: id }, reason),
      state: 'running',
      phase: toKey === null ? 'rewriting' : 'pending',
      toKey,
      startedAt: now,
      phaseAt: now,
    })
    .catch((error: unknown) => {
      throw databaseFault(error)?.sqlState === '23505' ? underWay() : error
    })
  return id
}

const underWay = (): ChartwardError =>
  new ChartwardError('CONFLICT', 'A rotation of this key is under way. Wait for its end, or resume it.')

/** Of two who begin at once, the second waits here, and finds the first one's rotation. */
const lockSlot = async (tx: Transaction, slot: string): Promise<void> => {
  await tx.sql`select pg_advisory_xact_lock(hashtextextended(${`rotation ${slot}`}, 0))`
  const rows = await tx.sql`select from key_rotations where slot = ${slot} and state <> 'done'`
  if (rows.length > 0) throw underWay()
}

const makePending = (
  tx: Transaction,
  app: App,
  target: Exclude<Target, { kind: 'patient' }>,
  entry: EntryBase,
): Promise<string> =>
  target.kind === 'kek' ? makeKek(tx, app, entry) : makeSystemKey(tx, app, target.purpose, entry)

const makeKek = async (tx: Transaction, app: App, entry: EntryBase): Promise<string> => {
  const { id, provider, wrapped } = await app.keyring.newKek(newId())
  const [last] = await tx.sql<{ version: number | null }[]>`select max(version) as version from keks`
  const version = (last?.version ?? 0) + 1
  await tx.sql`
    insert into keks (id, version, provider, wrapped, state) values (${id}, ${version}, ${provider}, ${wrapped}, 'pending')`
  await tellMade(tx, app, entry, {
    id,
    purpose: 'kek',
    version,
    keyHash: keyHash({ kekId: null, wrapped }),
    state: 'pending',
  })
  return id
}

const makeSystemKey = async (
  tx: Transaction,
  app: App,
  purpose: SystemKeyPurpose,
  entry: EntryBase,
): Promise<string> => {
  const id = newId()
  const { kekId, wrapped } = app.keyring.newSystemKey(purpose, id)
  const [last] = await tx.sql<{ version: number | null }[]>`
    select max(version) as version from system_keys where purpose = ${purpose}`
  const version = (last?.version ?? 0) + 1
  await tx.sql`
    insert into system_keys (id, purpose, version, kek_id, wrapped, state)
    values (${id}, ${purpose}, ${version}, ${kekId}, ${wrapped}, 'pending')`
  await tellMade(tx, app, entry, {
    id,
    purpose,
    version,
    keyHash: keyHash({ kekId, wrapped }),
    state: 'pending',
  })
  return id
}
