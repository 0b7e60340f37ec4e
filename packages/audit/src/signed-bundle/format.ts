import { fromBase64, toBase64 } from '../base64.ts'
import { fromHex, toHex, utf8 } from '../bytes.ts'
import { canonicalText } from '../canonical.ts'
import { AuditError } from '../errors.ts'
import { hasExactlyKeys, isPlainObject, type JsonObject } from '../json.ts'
import { HASH_LENGTH } from '../leaf.ts'
import type { ProvenEntry } from '../log-keys/proven-entry.ts'
import { BundleError, type BundleErrorCode } from './errors.ts'
import { isSafeName, MAX_FILE_BYTES } from './tar.ts'

/*
 * `chartward-bundle/1`: a tar of, in this order,
 *
 *   manifest      a signed note (C2SP signed-note) of the bundle key: one line of canonical JSON (RFC 8785)
 *   checkpoint    the log's checkpoint (C2SP tlog-checkpoint), signed after the entry about this bundle
 *   proofs.json   a line of canonical JSON: entries of the log, each with its proof in the checkpoint's tree
 *   files/NAME    what is vouched for, in the order of the manifest
 *
 * The manifest names each file with size and SHA-256, and each entry that the bundle is about by the hash of
 * its leaf. The log has an entry `bundle.signed` with the hash of the manifest: what is not in the log was
 * not signed, whoever has the key.
 */
export const BUNDLE_FORMAT = 'chartward-bundle/1'
export const MANIFEST = 'manifest'
export const CHECKPOINT = 'checkpoint'
export const PROOFS = 'proofs.json'
export const FILES = 'files/'

export const MAX_FILES = 1_000
/** Longer lists belong into a file: an export of the log has its own proofs. */
export const MAX_ENTRIES = 100
/** In bytes. */
export const MOST = { [MANIFEST]: 500_000, [CHECKPOINT]: 100_000, [PROOFS]: 16_000_000 } as const

export const BUNDLE_KINDS = ['review', 'release', 'certificate', 'evidence'] as const
export type BundleKind = (typeof BUNDLE_KINDS)[number]

export interface BundleFile {
  /** Without `files/`. */
  name: string
  /** Bytes. */
  size: number
  /** 32 bytes. */
  sha256: Uint8Array
}

export interface BundleManifest {
  kind: BundleKind
  /** What it is about, by its type and id. */
  subject: { type: string; id: string }
  /** RFC 3339 in UTC with microseconds. */
  createdAt: string
  /** Of the log. */
  origin: string
  /** Leaf hashes of the entries that it is about. */
  entries: Uint8Array[]
  /** In the order of their names. */
  files: BundleFile[]
}

export interface BundleProofs {
  /** The entries that enrol later keys of the log, oldest first. */
  logKeys: ProvenEntry[]
  /** The entries that enrol the bundle key and those before it, oldest first. */
  bundleKeys: ProvenEntry[]
  /** `bundle.signed` of this bundle. */
  signed: ProvenEntry
  /** In the order of the manifest. */
  entries: ProvenEntry[]
}

/** The text that is signed. Throws BundleError as `parseBundleManifest` does. */
export const formatBundleManifest = (manifest: BundleManifest): string => {
  const text = `${canonicalText({
    ...manifest,
    format: BUNDLE_FORMAT,
    entries: manifest.entries.map(toHex),
    files: manifest.files.map(({ name, size, sha256 }) => ({ name, size, sha256: toHex(sha256) })),
  })}\n`
  parseBundleManifest(text)
  return text
}

/**
 * Throws BundleError: `manifest-malformed`, `manifest-not-canonical`, `unsupported-format`, `unsafe-name`, …
 */
export const parseBundleManifest = (text: string): BundleManifest => {
  const value = canonicalLine(text, 'manifest')
  if (value.format !== BUNDLE_FORMAT)
    throw new BundleError('unsupported-format', 'the bundle is of another format than this version reads')
  const { kind, subject, createdAt, origin, entries, files } = value
  const isWhole =
    hasExactlyKeys(value, ['format', 'kind', 'subject', 'createdAt', 'origin', 'entries', 'files']) &&
    isPlainObject(subject) &&
    hasExactlyKeys(subject, ['type', 'id'])
  if (!isWhole) throw malformed('its keys are not those of a manifest')
  const known = BUNDLE_KINDS.find((word) => word === kind)
  if (known === undefined) throw malformed('its kind is none')
  const { type, id } = subject
  if (!isShort(type) || !isShort(id) || !isShort(origin)) throw malformed('a name is empty or too long')
  if (typeof createdAt !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(createdAt))
    throw malformed('its time is none')
  if (!Array.isArray(entries) || !Array.isArray(files)) throw malformed('entries and files are lists')
  if (entries.length > MAX_ENTRIES) throw new BundleError('too-large', 'it names too many entries')
  if (files.length > MAX_FILES) throw new BundleError('too-large', 'it names too many files')
  const hashes = entries.map((entry) => hashOf(entry))
  if (new Set(entries).size !== entries.length) throw malformed('it names an entry twice')
  return {
    kind: known,
    subject: { type, id },
    createdAt,
    origin,
    entries: hashes,
    files: namedFiles(files),
  }
}

const namedFiles = (files: readonly unknown[]): BundleFile[] => {
  let before = ''
  return files.map((file) => {
    if (!isPlainObject(file) || !hasExactlyKeys(file, ['name', 'size', 'sha256']))
      throw malformed('a file has not name, size and hash')
    const { name, size } = file
    if (typeof name !== 'string' || !isSafeName(FILES + name))
      throw new BundleError('unsafe-name', 'the manifest names a file that leads elsewhere')
    if (name === before) throw new BundleError('duplicate-file', 'the manifest names a file twice', name)
    if (name < before) throw malformed('its files are not in the order of their names')
    before = name
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) throw malformed('a size is none')
    if (size > MAX_FILE_BYTES) throw new BundleError('too-large', 'a file is over 8 GiB', name)
    return { name, size, sha256: hashOf(file.sha256) }
  })
}

/** The proofs as one line of canonical JSON. */
export const formatBundleProofs = ({ logKeys, bundleKeys, signed, entries }: BundleProofs): string =>
  `${canonicalText({
    logKeys: logKeys.map(provenJson),
    bundleKeys: bundleKeys.map(provenJson),
    signed: provenJson(signed),
    entries: entries.map(provenJson),
  })}\n`

/** Throws BundleError `proofs-malformed`. */
export const parseBundleProofs = (text: string): BundleProofs => {
  const value = canonicalLine(text, 'proofs')
  const { logKeys, bundleKeys, signed, entries } = value
  if (!hasExactlyKeys(value, ['logKeys', 'bundleKeys', 'signed', 'entries']))
    throw malformedProofs('their keys are others')
  return {
    logKeys: provenList(logKeys),
    bundleKeys: provenList(bundleKeys),
    signed: provenOf(signed),
    entries: provenList(entries),
  }
}

const provenJson = ({ index, bytes, proof }: ProvenEntry): JsonObject => ({
  index,
  // The bytes of an entry are text, so that anybody can read them here.
  entry: textOf(bytes),
  proof: proof.map(toBase64),
})

const provenList = (value: unknown): ProvenEntry[] => {
  if (!Array.isArray(value) || value.length > MAX_FILES) throw malformedProofs('a list of entries is none')
  return value.map(provenOf)
}

const provenOf = (value: unknown): ProvenEntry => {
  if (!isPlainObject(value) || !hasExactlyKeys(value, ['index', 'entry', 'proof']))
    throw malformedProofs('an entry has not index, text and proof')
  const { index, entry, proof } = value
  if (typeof index !== 'number' || typeof entry !== 'string' || !entry.isWellFormed())
    throw malformedProofs('an entry has not index, text and proof')
  // A path has no more hashes than an index has bits.
  if (!Array.isArray(proof) || proof.length > 64) throw malformedProofs('a proof is no list of hashes')
  return { index, bytes: utf8(entry), proof: proof.map(proofHash) }
}

const proofHash = (value: unknown): Uint8Array => {
  const hash = typeof value === 'string' ? decoded(() => fromBase64(value)) : null
  if (hash?.length !== HASH_LENGTH) throw malformedProofs('a hash is not 32 bytes')
  return hash
}

const hashOf = (value: unknown): Uint8Array => {
  const hash = typeof value === 'string' ? decoded(() => fromHex(value)) : null
  if (hash?.length !== HASH_LENGTH) throw malformed('a hash is not 32 bytes')
  return hash
}

const decoded = (decode: () => Uint8Array): Uint8Array | null => {
  try {
    return decode()
  } catch (error) {
    if (error instanceof AuditError) return null
    throw error
  }
}

/** The object in one line of canonical JSON, in its one spelling. */
const canonicalLine = (text: string, of: 'manifest' | 'proofs'): Record<string, unknown> => {
  const line = text.endsWith('\n') ? text.slice(0, -1) : ''
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    // The parser's own message quotes the text.
    throw of === 'manifest' ? malformed('it is not JSON') : malformedProofs('they are not JSON')
  }
  if (!isPlainObject(value))
    throw of === 'manifest' ? malformed('it is no object') : malformedProofs('they are no object')
  let canonical: string | null = null
  try {
    canonical = canonicalText(value as JsonObject)
  } catch (error) {
    if (!(error instanceof AuditError)) throw error
  }
  if (canonical !== line) {
    throw of === 'manifest'
      ? new BundleError('manifest-not-canonical', 'the manifest is spelt otherwise than RFC 8785 says')
      : malformedProofs('they are spelt otherwise than RFC 8785 says')
  }
  return value
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Bytes as strict UTF-8. Throws BundleError with this code. */
export const textOf = (bytes: Uint8Array, code: BundleErrorCode = 'proofs-malformed'): string => {
  try {
    return decoder.decode(bytes)
  } catch {
    throw new BundleError(code, 'what should be text is not UTF-8')
  }
}

const isShort = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= 200 && value.isWellFormed()

const malformed = (why: string): BundleError =>
  new BundleError('manifest-malformed', `the manifest is not one: ${why}`)
const malformedProofs = (why: string): BundleError =>
  new BundleError('proofs-malformed', `the proofs are not those of a bundle: ${why}`)
