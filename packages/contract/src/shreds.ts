import * as z from 'zod/mini'
import { count, done, id, instant, nothing, patientId, person, reason } from './forms.ts'

/** Legal holds, and the destruction of a patient's keys: each by two people, and nobody can undo it. */

/** What was asked for, and waits for a second person. */
const asked = z.strictObject({
  approvalId: id,
  by: person,
  reason: z.string(),
  at: instant,
  expiresAt: instant,
  mine: z.boolean(),
})

const hold = z.strictObject({
  id,
  setBy: person,
  setAt: instant,
  reason: z.string(),
  /** Null while it stands. */
  lifted: z.nullable(z.strictObject({ at: instant, askedBy: person, by: person })),
  /** That it is lifted, asked for and not decided; null where nobody has. */
  lift: z.nullable(asked),
})

/** When it happened, and when the last copy of a wrapped key outside the database has expired. */
const destroyed = z.strictObject({
  id,
  at: instant,
  requestedBy: person,
  decidedBy: person,
  finalAt: instant,
  /** Whether `finalAt` is the longest that such a copy may be kept, and not what is known of each. */
  finalIsBound: z.boolean(),
  /** Whether its line stands in the ledger, and its certificate is signed. */
  certified: z.boolean(),
})

export const getShredInput = z.strictObject({ patientId })
export const getShredOutput = z.strictObject({
  holds: z.array(hold),
  /** That the keys are destroyed, asked for and not decided. */
  asked: z.nullable(asked),
  destroyed: z.nullable(destroyed),
  /** The installation's minimum: so many years since the last record, and so many after the 18th birthday. */
  retention: z.strictObject({ years: count, yearsPastMajority: count }),
})

export const setHoldInput = z.strictObject({ patientId, reason })
export const setHoldOutput = z.strictObject({ id })

export const requestHoldLiftInput = z.strictObject({ patientId, holdId: id, reason })
export const requestHoldLiftOutput = z.strictObject({ approvalId: id })
export const approveHoldLiftInput = z.strictObject({ patientId, approvalId: id, reason })
export const approveHoldLiftOutput = done
export const rejectHoldLiftInput = z.strictObject({ patientId, approvalId: id, reason })
export const rejectHoldLiftOutput = done

export const requestShredInput = z.strictObject({ patientId, reason })
export const requestShredOutput = z.strictObject({ approvalId: id })
export const approveShredInput = z.strictObject({ patientId, approvalId: id, reason })
export const approveShredOutput = done
export const rejectShredInput = z.strictObject({ patientId, approvalId: id, reason })
export const rejectShredOutput = done

export const listShredsInput = nothing
export const listShredsOutput = z.strictObject({
  /** Those that stand, and those that were lifted, the newest first. */
  holds: z.array(
    z.strictObject({
      id,
      patientId,
      setBy: person,
      setAt: instant,
      liftedAt: z.nullable(instant),
      liftedBy: z.nullable(person),
    }),
  ),
  /** Those that were carried out, the newest first. */
  destroyed: z.array(z.extend(destroyed, { patientId, ledgerIndex: z.nullable(count) })),
  /** Whether there are more than are listed. */
  cut: z.boolean(),
})

export const getCertificateInput = z.strictObject({ id })
export const getCertificateOutput = z.strictObject({
  /** A signed note (C2SP) over canonical JSON (RFC 8785): ids and moments, nothing of the patient. */
  note: z.string(),
  /** Of the key that has signed it, in C2SP's text form. */
  verifierKey: z.string(),
})

export const signCertificateInput = z.strictObject({ id })
export const signCertificateOutput = z.strictObject({
  /** A signed bundle with the certificate and the entries about it, in base64; some kilobytes. */
  bundle: z.string(),
})

export type GetShredInput = z.output<typeof getShredInput>
export type GetShredOutput = z.output<typeof getShredOutput>
export type SetHoldInput = z.output<typeof setHoldInput>
export type SetHoldOutput = z.output<typeof setHoldOutput>
export type RequestHoldLiftInput = z.output<typeof requestHoldLiftInput>
export type RequestHoldLiftOutput = z.output<typeof requestHoldLiftOutput>
export type DecideShredInput = z.output<typeof approveShredInput>
export type RequestShredInput = z.output<typeof requestShredInput>
export type RequestShredOutput = z.output<typeof requestShredOutput>
export type ListShredsOutput = z.output<typeof listShredsOutput>
export type GetCertificateInput = z.output<typeof getCertificateInput>
export type GetCertificateOutput = z.output<typeof getCertificateOutput>
export type SignCertificateInput = z.output<typeof signCertificateInput>
export type SignCertificateOutput = z.output<typeof signCertificateOutput>
