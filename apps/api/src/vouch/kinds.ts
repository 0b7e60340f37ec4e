import { schema } from '@chartward/db'
import { getTableColumns } from 'drizzle-orm'
import { CasingCache } from 'drizzle-orm/casing'
import type { PgTable } from 'drizzle-orm/pg-core'

/**
 * What gives somebody something, or takes it away, and is therefore vouched for: a kind of row, by its table.
 * `said` is what the row says and whose it is: its hash stands in the audit entry of each change, and the
 * seal covers it. `passing` changes without an entry, and the seal covers it too. `unsaid` decides nothing.
 * Every column stands in one of the three (a test sees to it).
 */
export const KINDS = {
  user: {
    table: schema.users,
    owner: 'id',
    said: [
      'id',
      'kind',
      'email',
      'addressKey',
      'displayName',
      'status',
      'practitionerId',
      'department',
      'managerId',
      'employeeNumber',
      'deactivatedAt',
    ],
    passing: [],
    unsaid: ['createdAt', 'lastSeenAt'],
  },
  // Whose account is which patient's: what an account sees as its own follows from it.
  'patient-account': {
    table: schema.patientAccounts,
    owner: 'id',
    said: ['id', 'patientId', 'accountToken', 'content', 'state', 'openedAt', 'endedAt', 'endedBy'],
    passing: [],
    unsaid: ['createdAt'],
  },
  invitation: {
    table: schema.invitations,
    owner: 'userId',
    said: ['id', 'userId', 'tokenHash', 'invitedBy', 'createdAt', 'expiresAt', 'acceptedAt', 'revokedAt'],
    passing: [],
    unsaid: [],
  },
  'account-link': {
    table: schema.accountLinks,
    owner: 'userId',
    said: [
      'id',
      'userId',
      'purpose',
      'tokenHash',
      'email',
      'askedBy',
      'createdAt',
      'expiresAt',
      'usedAt',
      'revokedAt',
    ],
    passing: [],
    unsaid: [],
  },
  password: {
    table: schema.passwords,
    owner: 'userId',
    said: ['id', 'userId', 'hash', 'createdAt'],
    passing: [],
    unsaid: [],
  },
  factor: {
    table: schema.totpFactors,
    owner: 'userId',
    said: ['id', 'userId', 'secret', 'lastStep', 'createdAt', 'confirmedAt', 'disabled'],
    passing: [],
    unsaid: [],
  },
  passkey: {
    table: schema.passkeys,
    owner: 'userId',
    said: [
      'id',
      'userId',
      'credentialId',
      'publicKey',
      'userHandle',
      'signCount',
      'transports',
      'backupEligible',
      'backedUp',
      'name',
      'createdAt',
      'lastUsedAt',
      'disabled',
    ],
    passing: [],
    unsaid: [],
  },
  'factor-reset': {
    table: schema.factorResets,
    owner: 'userId',
    said: [
      'id',
      'userId',
      'approvalId',
      'createdAt',
      'opensAt',
      'expiresAt',
      'tokenHash',
      'sessionId',
      'usedAt',
      'endedAt',
      'endedBy',
    ],
    passing: [],
    unsaid: [],
  },
  'recovery-code': {
    table: schema.recoveryCodes,
    owner: 'userId',
    said: ['id', 'userId', 'hash', 'createdAt', 'usedAt'],
    passing: [],
    unsaid: [],
  },
  session: {
    table: schema.sessions,
    owner: 'userId',
    said: [
      'id',
      'tokenHash',
      'userId',
      'stage',
      'createdAt',
      'expiresAt',
      'factorAt',
      'networks',
      'browsers',
      'endedAt',
      'endedBy',
      'endReason',
    ],
    // Moved on as the person goes on working.
    passing: ['lastActiveAt', 'idleExpiresAt'],
    unsaid: ['ip', 'userAgent'],
  },
  'known-device': {
    table: schema.knownDevices,
    owner: 'userId',
    said: ['id', 'userId', 'tokenHash', 'createdAt', 'usedAt', 'expiresAt', 'endedAt', 'endReason'],
    passing: [],
    unsaid: ['userAgent'],
  },
  'role-assignment': {
    table: schema.roleAssignments,
    owner: 'userId',
    said: [
      'id',
      'userId',
      'role',
      'roleVersion',
      'reason',
      'grantedBy',
      'approvalId',
      'startsAt',
      'endsAt',
      'endedBy',
      'endReason',
    ],
    passing: [],
    unsaid: ['createdAt'],
  },
  // Which version of a role whoever is given it gets.
  'custom-role': {
    table: schema.customRoles,
    owner: 'createdBy',
    said: ['id', 'name', 'createdBy', 'inForce', 'retiredAt', 'retiredBy'],
    passing: [],
    unsaid: ['createdAt'],
  },
  // What it allows whoever holds it.
  'role-version': {
    table: schema.roleVersions,
    owner: 'authorId',
    said: ['id', 'role', 'version', 'basedOn', 'title', 'description', 'statements', 'authorId', 'reason'],
    passing: [],
    unsaid: ['createdAt'],
  },
  'care-relationship': {
    table: schema.careRelationships,
    owner: 'userId',
    said: [
      'id',
      'patientId',
      'practitionerId',
      'userId',
      'kind',
      'trusted',
      'startsAt',
      'endsAt',
      'createdBy',
      'endedBy',
      'underGiver',
      'narrowed',
    ],
    passing: [],
    unsaid: ['createdAt'],
  },
  'break-glass': {
    table: schema.breakGlassGrants,
    owner: 'userId',
    said: [
      'id',
      'patientId',
      'userId',
      'assignmentId',
      'cause',
      'reason',
      'startsAt',
      'endsAt',
      'endedAt',
      'endedBy',
      'endReason',
      'verdict',
      'note',
      'reviewedBy',
      'reviewedAt',
    ],
    passing: [],
    unsaid: ['escalated'],
  },
  cover: {
    table: schema.covers,
    owner: 'coveredUser',
    said: [
      'id',
      'coveredUser',
      'givenBy',
      'places',
      'receivers',
      'reason',
      'startsAt',
      'endsAt',
      'endedAt',
      'endedBy',
    ],
    passing: [],
    unsaid: [],
  },
  'care-list': {
    table: schema.careLists,
    owner: null,
    said: ['id', 'patientId', 'digest', 'standing', 'narrowed'],
    passing: [],
    // The content opens at its own version alone, and `digest` is its hash.
    unsaid: ['content', 'lookedUp'],
  },
  // Which server's a resource is follows from all rows of a source: none may be missing.
  'source-base': {
    table: schema.sourceBases,
    owner: 'owner',
    said: ['id', 'owner', 'source', 'token', 'keyVersion', 'isFirst'],
    passing: [],
    unsaid: ['createdAt'],
  },
  // Whose ids an upload's records have, and which entries are its own, follow from it.
  upload: {
    table: schema.uploads,
    owner: 'uploadedBy',
    said: ['id', 'uploadedBy', 'source', 'requestId', 'bytes', 'sha256'],
    passing: [],
    unsaid: ['createdAt'],
  },
  // What is carried out of a change is what its hash says: content and plan open at their own row alone.
  'people-change': {
    table: schema.peopleChanges,
    owner: 'askedBy',
    said: ['id', 'kind', 'askedBy', 'sha256', 'lines', 'reason', 'approvalId', 'workId', 'planHash'],
    passing: [],
    unsaid: ['content', 'plan', 'createdAt'],
  },
  approval: {
    table: schema.approvals,
    owner: 'requestedBy',
    said: [
      'id',
      'kind',
      'subjectId',
      'payload',
      'requestedBy',
      'reason',
      'status',
      'decidedBy',
      'decisionReason',
      'createdAt',
      'decidedAt',
      'expiresAt',
    ],
    passing: [],
    unsaid: [],
  },
  'export-request': {
    table: schema.exportRequests,
    owner: 'requestedBy',
    said: [
      'id',
      'requestedBy',
      'purpose',
      'profile',
      'resourceTypes',
      'asOf',
      'status',
      'approvalId',
      'failure',
      'manifest',
      'builtAt',
      'expiresAt',
    ],
    passing: [],
    unsaid: ['createdAt'],
  },
  // Whether anything of a patient may be destroyed: none of a patient's may be missing.
  'legal-hold': {
    table: schema.legalHolds,
    owner: 'patientId',
    said: ['id', 'patientId', 'setBy', 'setAt', 'reason', 'liftAskedBy', 'liftedBy', 'liftedAt'],
    passing: [],
    unsaid: [],
  },
  // That a patient's keys were destroyed, by which two people, and what proves it.
  shred: {
    table: schema.shreds,
    owner: 'patientId',
    said: [
      'id',
      'patientId',
      'state',
      'requestedBy',
      'requestedAt',
      'decidedBy',
      'decidedAt',
      'destroyed',
      'finalAt',
      'finalIsBound',
      'ledgerIndex',
      'ledgerHash',
      'certificate',
    ],
    passing: [],
    unsaid: [],
  },
  'lockdown-act': {
    table: schema.lockdownActs,
    owner: 'requestedBy',
    said: ['id', 'requestedBy', 'people', 'reason', 'requestId', 'sessionId', 'createdAt'],
    passing: [],
    unsaid: [],
  },
  work: {
    table: schema.works,
    owner: 'askedBy',
    said: [
      'id',
      'kind',
      'subjectId',
      'askedBy',
      'askedAt',
      'slot',
      'state',
      'attempt',
      'startedAt',
      'endedAt',
      'cancelAskedAt',
      'cancelAskedBy',
      'result',
      'failure',
    ],
    passing: [],
    // How far it is: shown while it runs, and decides nothing.
    unsaid: ['phase', 'done', 'total', 'phaseAt', 'heartbeat'],
  },
  // Which keys may be destroyed follows from all of them.
  backup: {
    table: schema.backups,
    owner: 'owner',
    said: [
      'id',
      'owner',
      'kind',
      'place',
      'startedAt',
      'finishedAt',
      'expiresAt',
      'deletedAt',
      'state',
      'failure',
      'bytes',
      'rows',
      'sha256',
      'logSize',
      'logRoot',
    ],
    passing: [],
    unsaid: [],
  },
  'backup-drill': {
    table: schema.backupDrills,
    owner: 'owner',
    said: ['id', 'owner', 'backupId', 'startedAt', 'finishedAt', 'outcome', 'result'],
    passing: [],
    unsaid: [],
  },
} as const

export type Kind = keyof typeof KINDS

/**
 * Whose a row is, which the log says with it: each process remembers the latest state of those that are
 * somebody's. What imports make is nobody's, and too much to be remembered, until a correction takes
 * something of it away: then it is its own, so that an earlier state put back is known for what it is.
 */
export const ownerOf = (kind: Kind, row: Readonly<Record<string, unknown>>): string | null => {
  const { owner } = KINDS[kind]
  const found = owner === null ? undefined : row[owner]
  if (typeof found === 'string') return found
  return row.narrowed === true && typeof row.id === 'string' ? row.id : null
}

export const KIND_NAMES = Object.keys(KINDS).filter((name): name is Kind => name in KINDS)

/** A row of a kind, as it is read. */
export type RowOf<K extends Kind> = (typeof KINDS)[K]['table']['$inferSelect']
type SealedColumn<K extends Kind> = (typeof KINDS)[K]['said'][number] | (typeof KINDS)[K]['passing'][number]

/**
 * What a row says before it is sealed: in full, since what the database would fill in itself is not known yet
 * when the seal is made.
 */
export type NewRow<K extends Kind> = Omit<
  (typeof KINDS)[K]['table']['$inferInsert'],
  'rowVersion' | 'seal'
> & {
  readonly [C in SealedColumn<K> & keyof RowOf<K> as null extends RowOf<K>[C] ? never : C]: RowOf<K>[C]
}

/** What of a row has to be read for its seal to be checked; instants may be texts of PostgreSQL. */
export type SealedRow<K extends Kind> = {
  readonly [C in SealedColumn<K> & keyof RowOf<K>]: Date extends RowOf<K>[C]
    ? RowOf<K>[C] | string
    : RowOf<K>[C]
} & { readonly rowVersion: number; readonly seal: Buffer }

const casing = new CasingCache('snake_case')

/** The columns that have to be read of a kind's rows: by the name of each in code, and in the database. */
export const sealedColumns = (kind: Kind): { readonly name: string; readonly column: string }[] => {
  const { table, said, passing } = KINDS[kind]
  const columns = getTableColumns<PgTable>(table)
  const names: readonly string[] = [...said, ...passing, 'rowVersion', 'seal']
  return names.flatMap((name) => {
    const column = columns[name]
    return column === undefined ? [] : [{ name, column: casing.getColumnCasing(column) }]
  })
}
