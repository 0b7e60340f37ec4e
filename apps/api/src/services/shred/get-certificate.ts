import type { GetCertificateInput, GetCertificateOutput } from '@chartward/contract'
import { schema, withTransaction } from '@chartward/db'
import type { Id } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { bundleKeyOf } from './finish.ts'

const { shreds } = schema

/**
 * The signed certificate of a destruction. Throws CONFLICT while it is being made, which takes a minute or
 * two.
 */
export const getCertificate = async ({
  ctx: { app, entry },
  input: { id },
}: {
  readonly ctx: VerbContext<'shred.certificate-viewed'>
  readonly input: GetCertificateInput
}): Promise<GetCertificateOutput> => {
  const [row] = await withTransaction(app.db, 'all', (tx) =>
    tx.orm
      .select()
      .from(shreds)
      .where(eq(shreds.id, id as Id<'shred'>)),
  )
  if (row?.state !== 'done') throw new ChartwardError('NOT_FOUND')
  await app.vouching.require('shred', row)
  if (row.certificate === null)
    throw new ChartwardError('CONFLICT', 'The certificate is being made. Try again in a minute.')
  entry.shown({ count: 1, patientId: row.patientId, resource: { type: 'Shred', id } })
  return { note: row.certificate, verifierKey: bundleKeyOf(app).verifierKey }
}
