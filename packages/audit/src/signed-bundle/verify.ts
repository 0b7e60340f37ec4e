import { startSha256 } from '#sha256'
import { equalBytes, toHex, utf8 } from '../bytes.ts'
import type { Checkpoint } from '../checkpoint.ts'
import type { AuditEntry } from '../entry.ts'
import { AuditError } from '../errors.ts'
import { leafHash } from '../leaf.ts'
import type { LogKeys } from '../log-keys/log-keys.ts'
import { entryProvenBy, type ProvenEntry, verifyCheckpointBy } from '../log-keys/proven-entry.ts'
import { enrolmentNote, type KeyStatement, verifyKeyStatement } from '../log-keys/statement.ts'
import { noteText, verifyNoteBy } from '../signed-note.ts'
import { BundleError } from './errors.ts'
import {
  type BundleManifest,
  type BundleProofs,
  CHECKPOINT,
  FILES,
  MANIFEST,
  MOST,
  PROOFS,
  parseBundleManifest,
  parseBundleProofs,
  textOf,
} from './format.ts'
import { Portions, readPadding, readTarHeader } from './tar.ts'

/** An entry of the log, with its place. */
export interface PlacedEntry {
  index: number
  entry: AuditEntry
}

/** What a bundle proves. */
export interface VerifiedBundle {
  manifest: BundleManifest
  /** SHA-256 of the text that was signed; hex. */
  manifestHash: string
  /** What the log had signed when the bundle was made. */
  checkpoint: Checkpoint
  /** The keys of the log that the checkpoint led to, from the pinned one. */
  logKeys: LogKeys
  /** Verifier key that signed the manifest. */
  bundleKey: string
  enrolled: PlacedEntry
  /** The log's entry about this bundle: whose act it was, and when. */
  signed: PlacedEntry
  entries: PlacedEntry[]
}

/**
 * Verifies a bundle as it streams by, in flat memory, with nothing but the log's verifier key (or the lines
 * of `LogKeys.pins`): checkpoint, the keys that lead to it, the enrolment of the bundle key, the log's entry
 * about the bundle, the manifest's signature, the entries that it names, and then each file. Rejects with
 * BundleError at the first thing that does not fit, and AuditError `malformed-key` for a verifier key that is
 * none. `onBytes` is told of each portion of a file.
 */
export const verifyBundle = async (
  chunks: AsyncIterable<Uint8Array>,
  verifierKey: string,
  onBytes: (count: number) => void = () => undefined,
): Promise<VerifiedBundle> => {
  const portions = new Portions(chunks)
  try {
    const note = textOf(await readSmall(portions, MANIFEST), 'manifest-malformed')
    const checkpoint = textOf(await readSmall(portions, CHECKPOINT), 'checkpoint-invalid')
    const proofs = parseBundleProofs(textOf(await readSmall(portions, PROOFS)))
    const verified = await verifyHead({ note, checkpoint, proofs, verifierKey })
    await verifyFiles(portions, verified.manifest, onBytes)
    return verified
  } finally {
    await portions.close()
  }
}

const readSmall = async (portions: Portions, name: keyof typeof MOST): Promise<Uint8Array> => {
  const header = await readTarHeader(portions)
  if (header?.name !== name)
    throw new BundleError('not-a-bundle', 'a part of the bundle is not where it belongs', name)
  if (header.size > MOST[name]) throw new BundleError('too-large', 'a part of the bundle is too large', name)
  const bytes = await portions.exactly(header.size)
  await readPadding(portions, header)
  return bytes
}

interface Head {
  readonly note: string
  readonly checkpoint: string
  readonly proofs: BundleProofs
  readonly verifierKey: string
}

const verifyHead = async ({ note, checkpoint, proofs, verifierKey }: Head): Promise<VerifiedBundle> => {
  const text = manifestText(note)
  const manifest = parseBundleManifest(text)
  const { checkpoint: head, keys } = await signedHead(checkpoint, verifierKey, proofs.logKeys)
  if (manifest.origin !== head.origin)
    throw new BundleError('origin-mismatch', 'the manifest names another log than the checkpoint')
  const { key, enrolled } = await enrolledKey(proofs.bundleKeys, head, keys)
  await verifySignature(note, key)
  const signed = proven(proofs.signed, head, 'the entry about this bundle')
  const manifestHash = hashOf(utf8(text))
  const { action, outcome, facts } = signed.entry
  if (
    action !== 'bundle.signed' ||
    outcome !== 'success' ||
    facts.manifest !== manifestHash ||
    facts.key !== key ||
    signed.index <= enrolled.index
  )
    throw new BundleError('not-logged', 'the log does not say that this bundle was signed')
  const entries = namedEntries(manifest, proofs.entries, head)
  return {
    manifest,
    manifestHash,
    checkpoint: head,
    logKeys: keys,
    bundleKey: key,
    enrolled,
    signed,
    entries,
  }
}

const hashOf = (bytes: Uint8Array): string => {
  const hasher = startSha256()
  hasher.update(bytes)
  return toHex(hasher.digest())
}

const manifestText = (note: string): string => {
  try {
    return noteText(note)
  } catch (error) {
    if (!(error instanceof AuditError)) throw error
    throw new BundleError('manifest-malformed', error.message, MANIFEST)
  }
}

/** Each signature of the checkpoint has to hold, and to be of a key that the pinned one leads to. */
const signedHead = async (
  note: string,
  verifierKey: string,
  handovers: readonly ProvenEntry[],
): Promise<{ checkpoint: Checkpoint; keys: LogKeys }> => {
  try {
    const found = await verifyCheckpointBy(note, verifierKey, handovers)
    await verifyNoteBy(note, found.keys.all)
    return found
  } catch (error) {
    if (!(error instanceof AuditError) || error.code === 'malformed-key') throw error
    throw new BundleError('checkpoint-invalid', error.message, CHECKPOINT)
  }
}

/**
 * The key that the last of these entries enrols, each handed over to by the one before it, or by the log's.
 */
const enrolledKey = async (
  enrolments: readonly ProvenEntry[],
  head: Checkpoint,
  logKeys: LogKeys,
): Promise<{ key: string; enrolled: PlacedEntry }> => {
  let before: { key: string; enrolled: PlacedEntry } | null = null
  for (const enrolment of enrolments) {
    const enrolled = proven(enrolment, head, 'the enrolment of a bundle key')
    const statement = await statementOf(enrolled.entry)
    const follows =
      statement?.purpose === 'bundle' &&
      statement.origin === head.origin &&
      [before?.key ?? null, logKeys.keyAt(enrolled.index)].includes(statement.previous) &&
      enrolled.index > (before?.enrolled.index ?? -1)
    if (!follows)
      throw new BundleError('bundle-key-not-enrolled', 'an entry does not enrol the next bundle key')
    before = { key: statement.key, enrolled }
  }
  if (before === null)
    throw new BundleError('bundle-key-not-enrolled', 'no entry enrols the key that signed the bundle')
  return before
}

const statementOf = async (entry: AuditEntry): Promise<KeyStatement | null> => {
  const note = enrolmentNote(entry)
  if (note === null) return null
  try {
    return await verifyKeyStatement(note)
  } catch (error) {
    if (error instanceof AuditError) return null
    throw error
  }
}

const verifySignature = async (note: string, key: string): Promise<void> => {
  try {
    await verifyNoteBy(note, [key])
  } catch (error) {
    if (!(error instanceof AuditError)) throw error
    throw new BundleError('signature-invalid', 'the manifest is not signed by the enrolled key', MANIFEST)
  }
}

const namedEntries = (
  manifest: BundleManifest,
  entries: readonly ProvenEntry[],
  head: Checkpoint,
): PlacedEntry[] => {
  if (entries.length !== manifest.entries.length)
    throw new BundleError('entry-not-proven', 'the proofs are not of the entries that the manifest names')
  return entries.map((entry, i) => {
    const named = manifest.entries[i]
    if (named === undefined || !equalBytes(leafHash(entry.bytes), named))
      throw new BundleError('entry-not-proven', 'the proofs are not of the entries that the manifest names')
    return proven(entry, head, 'an entry that the bundle is about')
  })
}

const proven = (material: ProvenEntry, head: Checkpoint, what: string): PlacedEntry => {
  const entry = entryProvenBy(material, head)
  if (entry === null) throw new BundleError('entry-not-proven', `${what} is not in the signed log`)
  return { index: material.index, entry }
}

const verifyFiles = async (
  portions: Portions,
  { files }: BundleManifest,
  onBytes: (count: number) => void,
): Promise<void> => {
  const names = new Set(files.map(({ name }) => FILES + name))
  const seen = new Set<string>()
  for (const { name, size, sha256 } of files) {
    const header = await readTarHeader(portions)
    if (header?.name !== FILES + name) throw misplaced(header?.name ?? null, name, names, seen)
    seen.add(header.name)
    if (header.size !== size) throw new BundleError('size-mismatch', 'a file is not as long as signed', name)
    const hasher = startSha256()
    await portions.pass(size, (portion) => {
      hasher.update(portion)
      onBytes(portion.length)
    })
    if (!equalBytes(hasher.digest(), sha256))
      throw new BundleError('hash-mismatch', 'a file is not what was signed', name)
    await readPadding(portions, header)
  }
  const more = await readTarHeader(portions)
  if (more !== null) throw misplaced(more.name, null, names, seen)
}

const misplaced = (
  found: string | null,
  expected: string | null,
  names: ReadonlySet<string>,
  seen: ReadonlySet<string>,
): BundleError => {
  if (found !== null && seen.has(found))
    return new BundleError('duplicate-file', 'a file is there twice', found.slice(FILES.length))
  if (found !== null && !names.has(found))
    return new BundleError('unknown-file', 'a file is there that the manifest does not name', found)
  return new BundleError('missing-file', 'a file is missing, or not where it belongs', expected)
}
