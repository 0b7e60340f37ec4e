import { canonicalise } from '@chartward/audit'
import { z } from 'zod'
import { type NoteKeys, openNote } from '../../bundles/note-keys.ts'
import { BackupError } from '../errors.ts'

const hex32 = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.number().int().nonnegative()

/** What a backup says of itself, readable without a secret key: counts, sizes and hashes, no row. */
const manifestSchema = z.strictObject({
  kind: z.enum(['logical', 'keyring']),
  id: z.uuid(),
  origin: z.string().min(1),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** The migrations that the database was made by: how many, and a hash over theirs. */
  schema: z.strictObject({ migrations: count, hash: hex32 }),
  file: z.strictObject({ bytes: count, sha256: hex32 }),
  recipients: z.array(z.string()).min(1),
  log: z.strictObject({
    size: count,
    root: hex32,
    checkpoint: z.string().nullable(),
    firstEntryAt: z.iso.datetime().nullable(),
  }),
  tables: z.record(z.string(), count),
})

export type Manifest = z.infer<typeof manifestSchema>

const HEADER = 'chartward-backup/v1'

/** The manifest as a signed note (C2SP signed-note): a header line, and canonical JSON in one line. */
export const formatManifest = (manifest: Manifest, signer: NoteKeys): string => {
  const json = Buffer.from(canonicalise(manifest)).toString('utf8')
  return signer.sign(`${HEADER}\n${json}\n`)
}

/** Throws BackupError: `signature` where none of the keys has signed it, `unreadable`. */
export const readManifest = async (note: string, verifierKeys: readonly string[]): Promise<Manifest> => {
  const signed = await openNote(note, verifierKeys)
  if (signed === null)
    throw new BackupError(
      'signature',
      'The manifest was not signed by a key of this installation, or was changed: this backup is not one that it made.',
    )
  const [header, json, ...rest] = signed.text.split('\n')
  if (header !== HEADER || json === undefined || rest.join('') !== '') throw unreadable()
  try {
    return manifestSchema.parse(JSON.parse(json))
  } catch (error) {
    throw unreadable(error)
  }
}

const unreadable = (cause?: unknown) =>
  new BackupError(
    'unreadable',
    'The manifest is one of another version of Chartward: use that version to read this backup.',
    { cause },
  )
