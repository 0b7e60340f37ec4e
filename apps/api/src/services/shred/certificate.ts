import { canonicalise } from '@chartward/audit'
import { z } from 'zod'
import type { RowOf } from '../../vouch/kinds.ts'
import type { NoteKeys } from '../bundles/note-keys.ts'
import type { LedgerLine } from './ledger-line.ts'

const destroyedSchema = z.looseObject({ keys: z.array(z.string()) })

/** What of a destruction its row keeps: the ids of keys, and numbers of rows. */
export const destroyedOf = ({ destroyed }: Pick<RowOf<'shred'>, 'destroyed'>) =>
  destroyedSchema.parse(JSON.parse(destroyed ?? '{}'))

/**
 * The certificate of a destruction, as a signed note (C2SP) over one line of canonical JSON (RFC 8785). It
 * gives both dates: when the keys were destroyed, and when the last copy of a wrapped key outside the
 * database has expired, or is bound to have. It holds ids and moments, and nothing of the patient.
 */
export const certificateOf = (row: RowOf<'shred'>, line: LedgerLine, key: NoteKeys): string => {
  const { keys, ...deleted } = destroyedOf(row)
  const manifest = {
    format: 'chartward/certificate-of-destruction/1',
    certificate: row.id,
    installation: line.installation,
    patient: row.patientId,
    keys,
    method:
      'Cryptographic erase (NIST SP 800-88): every version of the AES-256 key under which all values of the patient are sealed was destroyed.',
    requestedBy: line.requestedBy,
    requestedAt: line.requestedAt,
    decidedBy: line.decidedBy,
    destroyedAt: line.at,
    finalAt: line.finalAt,
    finalIsBound: line.finalIsBound,
    finalMeans: line.finalIsBound
      ? 'No keyring artifact, physical backup or WAL segment may be kept for longer than until finalAt: by then the last copy of a wrapped key has expired.'
      : 'The last keyring artifact, physical backup or WAL segment that holds a wrapped key expires at finalAt.',
    deleted: { ...deleted },
    stays:
      'Ciphertexts that nobody can open, the audit log, care relationships, and what people typed as reasons. What had left the installation before, and what the source still has, is not covered.',
    ledger: { index: line.index, hash: line.hash },
  }
  return key.sign(`${Buffer.from(canonicalise(JSON.parse(JSON.stringify(manifest)))).toString('utf8')}\n`)
}
