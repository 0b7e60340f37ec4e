import type { KeyPurpose, Rotation, RotationHold } from '@chartward/contract'
import { rotationHold } from '@chartward/contract'
import type { Connection } from '@chartward/db'
import { isSystemKeyPurpose } from '../../keys/system-keys.ts'
import { personOf, userNames } from '../users/names.ts'
import type { RotationRow } from './rotation-row.ts'

/** Less than this tells nothing of how fast it goes. */
const TELLING_MS = 1000

/** Rotations as they are shown, in the order of the rows. */
export const viewRotations = async (db: Connection, rows: readonly RotationRow[]): Promise<Rotation[]> => {
  const names = await userNames(
    db,
    rows.map(({ askedBy }) => askedBy),
  )
  return rows.map((row): Rotation => {
    const { id, cause, state, phase, done, total, skipped, workedMs } = row
    const rate = workedMs < TELLING_MS || done === 0 ? null : (done * 1000) / workedMs
    const left = total === null || state === 'done' ? null : Math.max(0, total - done)
    return {
      id,
      purpose: purposeOf(row),
      ofOne: row.subjectId !== null,
      cause,
      askedBy: row.askedBy === null ? null : personOf(names, row.askedBy),
      state,
      phase,
      startedAt: row.startedAt.toISOString(),
      endedAt: row.endedAt?.toISOString() ?? null,
      done,
      total,
      skipped,
      rate,
      secondsLeft: rate === null || left === null ? null : Math.ceil(left / rate),
      hold: holdOf(row.blocked),
    }
  })
}

/** What a rotation is of. */
export const purposeOf = ({ kind, purpose }: Pick<RotationRow, 'kind' | 'purpose'>): KeyPurpose => {
  if (kind === 'system' && purpose !== null && isSystemKeyPurpose(purpose)) return purpose
  return kind === 'patient' ? 'patients' : 'kek'
}

const holdOf = (word: string | null): RotationHold | null =>
  rotationHold.options.find((known) => known === word) ?? null
