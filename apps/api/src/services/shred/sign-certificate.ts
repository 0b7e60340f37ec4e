import type { SignCertificateInput, SignCertificateOutput } from '@chartward/contract'
import type { EntryId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { BundleKeyMissing } from '../bundles/bundle-key.ts'
import { type SignedBundle, signBundle } from '../bundles/sign-bundle.ts'
import { certifiedShred } from './get-certificate.ts'

/** What the log says of a destruction: by whom and when it was carried out, and its line in the ledger. */
const ABOUT = ['shred.carried-out', 'shred.certified']

/**
 * The certificate of a destruction as a signed bundle, with the entries of the log about it: whoever has the
 * log's verifier key verifies it offline or in a browser, without asking anybody here. Rejects as
 * `certifiedShred` and `signBundle` do, UNAVAILABLE where this process lacks the bundle key.
 */
export const signCertificate = async ({
  ctx: { app, user, entry },
  input: { id },
}: {
  readonly ctx: VerbContext<'shred.certificate-viewed'>
  readonly input: SignCertificateInput
}): Promise<SignCertificateOutput> => {
  const { certificate, patientId } = await certifiedShred(app, id)
  entry.shown({ count: 1, patientId, resource: { type: 'Shred', id } })
  const signed = await signBundle(app, {
    kind: 'certificate',
    subject: { type: 'Shred', id },
    by: { actor: { kind: 'user', id: user.id } },
    files: [
      {
        name: 'certificate.txt',
        open: async function* () {
          yield Buffer.from(certificate)
        },
      },
    ],
    entries: await entriesAbout(app, id),
  }).catch((error: unknown) => {
    throw error instanceof BundleKeyMissing ? new ChartwardError('UNAVAILABLE', error.message) : error
  })
  return { bundle: (await bytesOf(signed)).toString('base64') }
}

const entriesAbout = async ({ db }: App, id: string): Promise<EntryId[]> => {
  const rows = await db.sql<{ id: EntryId }[]>`
    select id from audit_entries where resource_id = ${id} and action = any(${ABOUT}) order by id`
  return rows.map((row) => row.id)
}

const bytesOf = async ({ bytes }: SignedBundle): Promise<Buffer> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks)
}
