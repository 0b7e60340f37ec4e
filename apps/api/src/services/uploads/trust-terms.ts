import { toHex } from '@chartward/audit'
import type { ApprovalTerms } from '@chartward/contract'
import type { Database, Transaction } from '@chartward/db'
import type { App } from '../../app.ts'
import { uploadName } from '../import/tokens.ts'
import { personOf, userNames } from '../users/names.ts'
import { type Gain, planTrust } from './trust-plan.ts'
import { findUpload } from './upload-row.ts'

type Terms = NonNullable<ApprovalTerms['upload']>

/** What somebody agrees on by trusting an upload: whose care of how many patients counts from then on. */
export const trustTerms = async (
  connection: Database | Transaction,
  app: App,
  id: string,
): Promise<Terms> => {
  const upload = await findUpload(connection, app, id)
  const { patients, gains, unlinked } = await planTrust(connection, app, upload)
  const byPerson = Map.groupBy(gains, ({ userId }) => userId)
  const names = await userNames(connection, [upload.uploadedBy, ...byPerson.keys()])
  return {
    id,
    source: uploadName(upload.source),
    uploadedBy: personOf(names, upload.uploadedBy),
    uploadedAt: upload.createdAt.toISOString(),
    sha256: toHex(upload.sha256),
    patients: patients.length,
    gains: [...byPerson]
      .map(([userId, own]) => ({ person: personOf(names, userId), ...summaryOf(own) }))
      .toSorted((a, b) => b.patients - a.patients || (a.person.id < b.person.id ? -1 : 1)),
    unlinked,
  }
}

const summaryOf = (gains: readonly Gain[]): Omit<Terms['gains'][number], 'person'> => ({
  patients: new Set(gains.map(({ patientId }) => patientId)).size,
  kinds: [...new Set(gains.map(({ kind }) => kind))].toSorted(),
  from: new Date(Math.min(...gains.map(({ startsAt }) => startsAt.getTime()))).toISOString(),
  to: new Date(Math.max(...gains.map(({ endsAt }) => endsAt.getTime()))).toISOString(),
})
