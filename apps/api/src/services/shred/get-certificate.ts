import type { GetCertificateInput, GetCertificateOutput } from '@chartward/contract'
import { schema, withTransaction } from '@chartward/db'
import type { Id } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import type { RowOf } from '../../vouch/kinds.ts'
import { openNote } from '../bundles/note-keys.ts'
import { notesOf } from './finish.ts'

const { shreds } = schema

/**
 * A destruction with its certificate, as the application vouches for it. Rejects NOT_FOUND, and CONFLICT
 * while the certificate is being made, which takes a minute or two.
 */
export const certifiedShred = async (
  app: Pick<App, 'db' | 'vouching'>,
  id: string,
): Promise<RowOf<'shred'> & { readonly certificate: string }> => {
  const [row] = await withTransaction(app.db, 'all', (tx) =>
    tx.orm
      .select()
      .from(shreds)
      .where(eq(shreds.id, id as Id<'shred'>)),
  )
  if (row?.state !== 'done') throw new ChartwardError('NOT_FOUND')
  await app.vouching.require('shred', row)
  const { certificate } = row
  if (certificate === null)
    throw new ChartwardError('CONFLICT', 'The certificate is being made. Try again in a minute.')
  return { ...row, certificate }
}

/** The signed certificate of a destruction, to be read. Rejects as `certifiedShred` does. */
export const getCertificate = async ({
  ctx: { app, entry },
  input: { id },
}: {
  readonly ctx: VerbContext<'shred.certificate-viewed'>
  readonly input: GetCertificateInput
}): Promise<GetCertificateOutput> => {
  const { certificate, patientId } = await certifiedShred(app, id)
  const signed = await openNote(certificate, notesOf(app).verifierKeys)
  if (signed === null)
    throw new ChartwardError(
      'UNAVAILABLE',
      'The key folder lacks the bundle key that signed the certificate.',
    )
  entry.shown({ count: 1, patientId, resource: { type: 'Shred', id } })
  return { note: certificate, verifierKey: signed.verifierKey }
}
