import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import {
  type BundleKind,
  type BundleManifest,
  type BundleProofs,
  type BundleSource,
  leafHash,
  measureSource,
  signBundleManifest,
  writeBundle,
} from '@chartward/audit'
import type { Connection } from '@chartward/db'
import type { EntryId } from '@chartward/policy'
import { auditTime } from '../../audit/clock.ts'
import type { EntryBase } from '../../audit/entry.ts'
import { bundleKeysOf, logKeysBy, proveEntries, readEnrolments } from '../../audit/log/enrolments.ts'
import { readHead } from '../../audit/log/head.ts'
import { storedEntries } from '../../audit/log/stored-entries.ts'
import { ChartwardError } from '../../core/errors.ts'
import { type BundleApp, bundleKeysAtHand, ensureBundleKey } from './bundle-key.ts'

export interface BundleRequest {
  readonly kind: BundleKind
  /** What it is about: a campaign, a release, a certificate, a period. */
  readonly subject: { readonly type: string; readonly id: string }
  /** Whose act it is, for the entry `bundle.signed`. */
  readonly by: EntryBase
  /** What is vouched for. */
  readonly files: readonly BundleSource[]
  /** The entries that it is about, each whole and readable by whoever has the bundle; 100 at most. */
  readonly entries: readonly EntryId[]
  /** How long the log may take to sign what the bundle rests on, in milliseconds; 30 seconds, unless told. */
  readonly mostMs?: number
  readonly signal?: AbortSignal
}

export interface SignedBundle {
  /** SHA-256 of what was signed, hex: as in the entry `bundle.signed`. */
  readonly manifestHash: string
  readonly manifest: BundleManifest
  /** The bundle; it rejects with BundleError where a file has changed since it was measured. */
  readonly bytes: AsyncIterable<Uint8Array>
}

const POLL_MS = 100
const MOST_MS = 30_000

/**
 * Signs a bundle: measures its files, has the log say so in an entry, waits until the log's checkpoint covers
 * that entry and all others that it rests on, and gives the bytes. Flat in memory. Rejects with BundleError
 * for a file that a bundle can't hold, BundleKeyMissing, NOT_FOUND for an entry that is not there, INTEGRITY
 * for one that the sequencer has refused, and UNAVAILABLE where the log does not sign in time: then nothing
 * but the entry is left.
 */
export const signBundle = async (
  app: BundleApp,
  { kind, subject, by, files, entries, mostMs = MOST_MS, signal }: BundleRequest,
): Promise<SignedBundle> => {
  const measured = []
  for (const source of files) measured.push({ ...source, ...(await measureSource(source)) })
  measured.sort((a, b) => (a.name < b.name ? -1 : 1))
  const about = await entriesOf(app.db.sql, entries)
  const verifierKey = await ensureBundleKey(app)
  const key = bundleKeysAtHand(app).find((found) => found.verifierKey === verifierKey)
  if (key === undefined) throw new ChartwardError('UNAVAILABLE')
  const manifest: BundleManifest = {
    kind,
    subject: { type: subject.type, id: subject.id },
    createdAt: auditTime(app.clock()),
    origin: app.settings.logOrigin,
    entries: about.map(({ bytes }) => leafHash(bytes)),
    files: measured.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
  }
  const { text, note } = signBundleManifest(manifest, key)
  const manifestHash = createHash('sha256').update(text).digest('hex')
  const signedId = await app.audit.commit({
    ...by,
    action: 'bundle.signed',
    outcome: 'success',
    resource: { type: subject.type, id: subject.id },
    facts: { ...by.facts, kind, manifest: manifestHash, key: verifierKey, files: measured.length },
  })
  const [signed] = await entriesOf(app.db.sql, [signedId])
  if (signed === undefined) throw new ChartwardError('INTERNAL')
  const rests = await awaitSigned(app, verifierKey, [...about, signed], mostMs, signal)
  return {
    manifestHash,
    manifest,
    bytes: writeBundle({
      note,
      checkpoint: rests.checkpoint,
      proofs: rests.proofs,
      files: measured,
    }),
  }
}

interface Stored {
  readonly id: EntryId
  readonly bytes: Buffer
}
interface Placed extends Stored {
  readonly index: number
}

/** In the order asked for, each once. */
const entriesOf = async (sql: Connection['sql'], ids: readonly EntryId[]): Promise<Stored[]> => {
  const unique = [...new Set(ids)]
  const found = await storedEntries(sql, unique)
  return unique.map((id) => {
    const entry = found.get(id)
    if (entry === undefined) throw new ChartwardError('NOT_FOUND')
    return { id, bytes: entry.bytes }
  })
}

/** What the log has signed, once that covers all of the entries and the enrolment of the key. */
const awaitSigned = async (
  app: BundleApp,
  verifierKey: string,
  entries: readonly Stored[],
  mostMs: number,
  signal: AbortSignal | undefined,
) => {
  const until = performance.now() + mostMs
  for (;;) {
    const found = await signedNow(app, verifierKey, entries)
    if (found !== null) return found
    if (performance.now() > until) {
      throw new ChartwardError(
        'UNAVAILABLE',
        'The log has not signed the entries yet. Try again in a moment.',
      )
    }
    await wait(POLL_MS, undefined, signal === undefined ? {} : { signal })
  }
}

const signedNow = async (app: BundleApp, verifierKey: string, entries: readonly Stored[]) => {
  const { sql } = app.db
  await requireNotRefused(sql, entries)
  const head = await readHead(sql)
  const size = head?.checkpointSize ?? 0
  const places = await placesOf(sql, entries)
  if (head === null || head.checkpoint === null || places === null) return null
  const enrolments = await readEnrolments(sql)
  const { keys, handovers } = await logKeysBy(app.settings.logVerifierKey, enrolments)
  const chain = bundleKeysOf(enrolments, keys)
  const at = chain.findIndex(({ statement }) => statement?.key === verifierKey)
  const last = chain[at]
  if (last === undefined || [...places, last].some(({ index }) => index >= size)) return null
  const prove = async (placed: readonly { readonly index: number; readonly bytes: Uint8Array }[]) =>
    (await proveEntries(sql, placed, size)) ?? missing()
  const [signed = missing()] = await prove(places.slice(-1))
  const proofs: BundleProofs = {
    logKeys: await prove(handovers.filter(({ index }) => index < size)),
    bundleKeys: await prove(chain.slice(0, at + 1)),
    signed,
    entries: await prove(places.slice(0, -1)),
  }
  return { checkpoint: head.checkpoint, proofs }
}

const requireNotRefused = async (sql: Connection['sql'], entries: readonly Stored[]): Promise<void> => {
  const [refused] = await sql`
    select entry_id from audit_quarantine where entry_id = any(${entries.map(({ id }) => id)}::uuid[])`
  if (refused !== undefined)
    throw new ChartwardError('INTEGRITY', 'The sequencer refused an entry that the bundle rests on.')
}

/** Null as long as one of them has no place in the log. */
const placesOf = async (sql: Connection['sql'], entries: readonly Stored[]): Promise<Placed[] | null> => {
  const rows = await sql<{ entry_id: EntryId; index: string }[]>`
    select entry_id, index from audit_leaves where entry_id = any(${entries.map(({ id }) => id)}::uuid[])`
  const indexes = new Map(rows.map(({ entry_id, index }) => [entry_id, Number(index)]))
  const placed = entries.flatMap((entry) => {
    const index = indexes.get(entry.id)
    return index === undefined ? [] : [{ ...entry, index }]
  })
  return placed.length === entries.length ? placed : null
}

const missing = (): never => {
  throw new ChartwardError('INTEGRITY', 'Nodes of the log’s tree are missing.')
}
