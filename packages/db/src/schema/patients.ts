import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  index,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytea, createdAt, id, instant, patientId, recordId, userId, vouched } from './types.ts'

/**
 * A patient is an id: everything known of the person stands encrypted in record versions. `source` is
 * what the operator calls the system that the patient was imported from: the ids inside the records are
 * that system's.
 */
export const patients = pgTable('patients', {
  id: patientId().primaryKey(),
  source: text().notNull().default('main'),
  createdAt: createdAt(),
})

/**
 * Blind-index tokens: keyed hashes of normalised values, truncated for names so that one token fits several
 * people. What they leak (equality, frequency) stands in the threat model. A token is deleted when its
 * patient is shredded.
 */
export const searchTokens = pgTable(
  'search_tokens',
  {
    patientId: patientId().notNull(),
    field: text().notNull(),
    keyVersion: smallint().notNull(),
    token: bytea().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.patientId, t.field, t.keyVersion, t.token] }),
    index('search_tokens_token').on(t.field, t.token),
  ],
)

/**
 * Blind tokens by which claims are found across patients: of a claim's number, its payer, its months of
 * service, and of the claim that a response is about. Those of the record's current version and no other; a
 * new version replaces them in its transaction. What they leak stands in the threat model. Deleted with
 * their patient.
 */
export const claimTokens = pgTable(
  'claim_tokens',
  {
    patientId: patientId().notNull(),
    recordId: recordId().notNull(),
    kind: text({ enum: ['number', 'payer', 'payer-entry', 'month', 'answers'] }).notNull(),
    keyVersion: smallint().notNull(),
    token: bytea().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.patientId, t.recordId, t.kind, t.token] }),
    // With the record last, the newest of many come first without a sort.
    index('claim_tokens_token').on(t.kind, t.token, t.recordId),
  ],
)

/**
 * From a source system's id to ours, so that an import is idempotent; each source has ids of its own. The
 * source's id is an identifier of the person (in some systems it is the MRN), so only its keyed token is
 * kept; `content` is a keyed hash of the whole resource.
 */
export const sourceIds = pgTable(
  'source_ids',
  {
    patientId: patientId().notNull(),
    recordId: recordId().notNull(),
    token: bytea().notNull(),
    /** The version of the key that both tokens were made with. */
    keyVersion: smallint().notNull().default(1),
    content: bytea().notNull(),
    /** Whether the record came from a trusted file: an untrusted one may not change it. */
    trusted: boolean().notNull(),
    /**
     * What `content` was before, oldest first, each with the mark of the import that took its place: what
     * was sent before is not applied again. 24 bytes each, and no more than the latest few.
     */
    earlier: bytea().notNull().default(sql`''`),
  },
  (t) => [primaryKey({ columns: [t.patientId, t.recordId] }), uniqueIndex('source_ids_token').on(t.token)],
)

/**
 * The servers that a source has sent resources of, each by a keyed token of its base URL: ids of one are not
 * those of another. The first of a source is the one that is meant where nothing says which. `owner` stands
 * for the source, so that none of its rows can be taken out unseen.
 */
export const sourceBases = pgTable(
  'source_bases',
  {
    id: id(),
    owner: uuid().notNull(),
    source: text().notNull(),
    token: bytea().notNull(),
    /** The version of the key that the token was made with. */
    keyVersion: smallint().notNull(),
    isFirst: boolean().notNull(),
    createdAt: createdAt(),
    ...vouched(),
  },
  (t) => [
    uniqueIndex('source_bases_token').on(t.source, t.token),
    uniqueIndex('source_bases_first').on(t.source).where(sql`${t.isFirst}`),
  ],
)

/**
 * Who takes part in whose care, and when: by the directory (an imported encounter's practitioner) or by hand
 * (a user). The dates stay clear on purpose: decisions need them before any key is touched.
 */
export const careRelationships = pgTable(
  'care_relationships',
  {
    patientId: patientId().notNull(),
    id: uuid().notNull(),
    practitionerId: uuid(),
    userId: userId(),
    kind: text({ enum: ['encounter', 'appointment', 'referral', 'care-team', 'cover'] }).notNull(),
    trusted: boolean().notNull(),
    startsAt: instant().notNull(),
    endsAt: instant(),
    createdBy: userId(),
    /** Given out of one's own care: counts only while whoever gave it has such care themselves. */
    underGiver: boolean().notNull().default(false),
    endedBy: userId(),
    /** Whether a correction has taken something of an imported one away: each process remembers it then. */
    narrowed: boolean().notNull().default(false),
    createdAt: createdAt(),
    ...vouched(),
  },
  (t) => [
    primaryKey({ columns: [t.patientId, t.id] }),
    index('care_relationships_practitioner').on(t.practitionerId),
    index('care_relationships_user').on(t.userId),
    index('care_relationships_giver').on(t.createdBy),
    uniqueIndex('care_relationships_id').on(t.id),
  ],
)

/**
 * Whom a patient's records name as taking part in their care, by record, in one ciphertext under the
 * patient's key: what the imported relationships follow from. `digest` is the ciphertext's hash; `standing`
 * says in one word how near that comes to somebody who can open the chart.
 */
export const careLists = pgTable('care_lists', {
  patientId: patientId().primaryKey(),
  id: uuid().notNull().unique(),
  content: bytea().notNull(),
  digest: bytea().notNull(),
  standing: text({ enum: ['known', 'unknown', 'barred', 'untrusted', 'none'] }).notNull(),
  /** As of a relationship: whether a correction has taken something away. */
  narrowed: boolean().notNull(),
  /** What transactions with lower numbers wrote of the directory was seen when it was last looked up. */
  lookedUp: bigint({ mode: 'bigint' }).notNull(),
  ...vouched(),
})

/**
 * Blind tokens of all that a care list was resolved by, known or awaited: which patients to look at again
 * when a practitioner comes or changes. It gives nobody anything: what counts is the sealed list.
 */
export const careTokens = pgTable(
  'care_tokens',
  { patientId: patientId().notNull(), token: bytea().notNull() },
  (t) => [primaryKey({ columns: [t.patientId, t.token] }), index('care_tokens_token').on(t.token)],
)

/**
 * Tokens of directory entries that came or changed, until the patients who wait for them were looked at, with
 * the number of the transaction that wrote them.
 */
export const careDue = pgTable('care_due', {
  id: id(),
  token: bytea().notNull(),
  writtenBy: bigint({ mode: 'bigint' }).notNull().default(sql`(pg_current_xact_id()::text)::bigint`),
})

/**
 * Practitioners and organizations of the imported records, each one ciphertext. `sourceToken` and `npiToken`
 * are blind tokens. A row may stand for a practitioner who has been named but not yet imported: then
 * `content` is null.
 */
export const directoryEntries = pgTable(
  'directory_entries',
  {
    id: id(),
    /** A resource type of the catalog: of its directory, or one that names no patient and may. */
    type: text().notNull(),
    sourceToken: bytea().notNull(),
    /** The version of the key that `sourceToken` and `contentTag` were made with. */
    keyVersion: smallint().notNull().default(1),
    npiToken: bytea(),
    npiKeyVersion: smallint().notNull().default(1),
    contentTag: bytea(),
    content: bytea(),
    /** As of a record: an untrusted file may not change an entry that a trusted one made. */
    trusted: boolean().notNull().default(false),
    /** As of a record: what `contentTag` was before. */
    earlier: bytea().notNull().default(sql`''`),
    createdAt: createdAt(),
    updatedAt: instant(),
  },
  (t) => [
    uniqueIndex('directory_entries_source').on(t.sourceToken),
    index('directory_entries_npi').on(t.npiToken),
  ],
)
