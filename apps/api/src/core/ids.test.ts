import type { RowAccess } from '@chartward/db'
import type { PatientId, RecordId, Scope, UserId } from '@chartward/policy'
import { afterEach, describe, expect, it } from 'vitest'
import type { Separation } from '../guard/separation.ts'
import type { Keyring } from '../keys/keyring.ts'
import { bindingOf, patientRecordId } from '../vault/version.ts'
import { idTime, madeAt, makeIdsBy, newId, stamped } from './ids.ts'

const patientId: PatientId = newId()
const userId: UserId = newId()
const recordId: RecordId = newId()
const text: string = newId()

type RowsOfOne = Extract<Scope['rows'], { kind: 'patient' }>

/** Never run: what it says is for the compiler, which refuses a directive that suppresses nothing. */
export const misuses = (keyring: Keyring, separation: Separation): unknown => [
  // @ts-expect-error a user has no patient's keys
  keyring.withPatientKeys(userId, () => null),
  // @ts-expect-error nor has a text that may be any id
  keyring.withPatientKeys(text, () => null),
  // @ts-expect-error no keys are made for a user
  keyring.newPatientKeys(userId, text),
  // @ts-expect-error a patient is no second person
  separation.require(userId, patientId),
  // @ts-expect-error nor is a text
  separation.require(text),
  // @ts-expect-error a record's envelopes are bound to the record, not to its patient
  bindingOf(patientId, 1, 'clinical'),
  // @ts-expect-error nor to a text
  bindingOf(text, 1, 'clinical'),
  // @ts-expect-error a scope over one patient names the patient
  { kind: 'patient', patientId: userId } satisfies RowsOfOne,
  // @ts-expect-error and no text
  { kind: 'patient', patientId: text } satisfies RowsOfOne,
  // @ts-expect-error a transaction sees a patient's rows, and no user has any
  [userId] satisfies RowAccess,
  // @ts-expect-error only a patient has a record of their own
  patientRecordId(userId),
]

describe('an id', () => {
  it('is bound into a ciphertext where it is of the kind that belongs there', () => {
    expect(bindingOf(recordId, 1, 'clinical').rowId).toBe(recordId)
  })

  it('of a patient is that of their own record too', () => {
    expect(bindingOf(patientRecordId(patientId), 1, 'identity').rowId).toBe(patientId)
  })
})

describe('ids of another clock', () => {
  const THEN = Date.UTC(2026, 0, 5, 8)
  let back = (): void => undefined
  afterEach(() => back())

  it('are of its time, also where that goes back, and what has one is of its time', () => {
    let now = THEN
    back = makeIdsBy(() => new Date(now))
    expect([madeAt(newId()), idTime()]).toEqual([THEN, THEN])
    now = THEN - 2_000
    const id = newId()
    now = THEN + 5_000
    const { at } = stamped(id, () => new Date(now))
    expect([madeAt(id), at.getTime()]).toEqual([THEN - 2_000, THEN - 2_000])
    const fresh = stamped(undefined, () => new Date(0))
    expect([madeAt(fresh.id), fresh.at.getTime()]).toEqual([now, now])
  })

  it('are of the machine’s again afterwards, whatever the application’s clock shows', () => {
    const before = Date.now()
    makeIdsBy(() => new Date(THEN))()
    expect(madeAt(newId())).toBeGreaterThanOrEqual(before)
    expect(stamped(undefined, () => new Date(THEN)).at.getTime()).toBe(THEN)
  })
})
