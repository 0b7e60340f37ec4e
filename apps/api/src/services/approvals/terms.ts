import { hash } from 'node:crypto'
import { canonicalise } from '@chartward/audit'
import type { ApprovalTerms } from '@chartward/contract'
import { type Connection, type Database, schema, type Transaction } from '@chartward/db'
import {
  assignmentKey,
  type EntryId,
  type Policy,
  type RoleRef,
  titleOf,
  type UserId,
} from '@chartward/policy'
import { eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { showText } from '../../keys/sealed-text.ts'
import { peopleTermsOf } from '../people/people-terms.ts'
import { conflictsWith } from '../roles/conflicts.ts'
import { roleVersionPlan } from '../roles/role-version-approval.ts'
import { trustTerms } from '../uploads/trust-terms.ts'
import { personOf, userNames } from '../users/names.ts'
import { permitsInWords } from '../users/role-permits.ts'
import { type Approval, isForPeople, isForRole, isForUpload, isForUser, reasonOf } from './approval.ts'
import { KINDS } from './kinds.ts'
import { originsOf } from './origins.ts'

const { roleAssignments, users } = schema

type Sql = Connection['sql']
type Subject = NonNullable<ApprovalTerms['subject']>

interface Account {
  readonly displayName: string
  readonly email: string
  readonly status: Subject['status']
  readonly roles: readonly RoleRef[]
}

/** As it stands, by rows that the application vouches for; INTEGRITY where one is not, or is missing. */
const accountOf = async (
  { orm }: Pick<Connection, 'orm'>,
  { vouching, clock }: App,
  id: UserId,
): Promise<Account> => {
  const [row] = await orm.select().from(users).where(eq(users.id, id))
  if (row === undefined) throw new ChartwardError('NOT_FOUND')
  const { displayName, email, status } = await vouching.require('user', row)
  const assigned = await orm.select().from(roleAssignments).where(eq(roleAssignments.userId, id))
  if (!(await vouching.admitsAll('role-assignment', id, assigned))) throw new ChartwardError('INTEGRITY')
  const now = clock()
  const inForce = assigned.filter(
    ({ startsAt, endsAt }) => startsAt <= now && (endsAt === null || endsAt > now),
  )
  const held = new Map(
    inForce
      .map(({ role: name, roleVersion: version }) => ({ name, version }))
      .map((ref) => [assignmentKey(ref), ref] as const),
  )
  const roles = [...held].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, ref]) => ref)
  return { displayName, email, status, roles }
}

/** How far the entry of a request may lie from the request itself. */
const NEAR_MS = 60 * 60_000

/** The entry by which it was asked for: of whoever asked, of about then, and naming the request. */
const entryOf = async (
  sql: Sql,
  { audit }: App,
  { id, requestedBy, createdAt }: Approval,
): Promise<EntryId | null> => {
  const from = new Date(createdAt.getTime() - NEAR_MS).toISOString()
  const to = new Date(createdAt.getTime() + NEAR_MS).toISOString()
  const entries = await sql<{ id: EntryId; bytes: Buffer; mac: Buffer }[]>`
    select id, bytes, mac from audit_entries
    where actor_id = ${requestedBy} and at >= ${from} and at < ${to} and outcome = 'success'
      and position(${`"approval":"${id}"`} in encode(bytes, 'escape')) > 0
    order by id`
  return entries.find(({ bytes, mac }) => audit.isOwn(bytes, mac))?.id ?? null
}

/** Whom a request is about, and what they hold. */
const subjectOf = async (
  connection: Database | Transaction,
  app: App,
  id: UserId,
  policy: Policy,
): Promise<{ readonly subject: Subject; readonly held: readonly RoleRef[] }> => {
  const { displayName, email, status, roles } = await accountOf(connection, app, id)
  const { invitedBy = null, enrolled = false } = (await originsOf(connection, [id])).get(id) ?? {}
  const names = await userNames(connection, [invitedBy])
  const subject = {
    id,
    displayName,
    email,
    status,
    invitedBy: invitedBy === null ? null : personOf(names, invitedBy),
    enrolled,
    holds: roles.map((held) => titleOf(policy, held)),
  }
  return { subject, held: roles }
}

/**
 * All that a request rests on, as it stands: whom it is about and what they hold, or what an upload would
 * give to whom; what comes into force and what that permits by the policy, who asks, when and why.
 */
export const termsOf = async (
  connection: Database | Transaction,
  app: App,
  policy: Policy,
  approval: Approval,
): Promise<ApprovalTerms> => {
  const { sql } = connection
  const { id, kind, requestedBy, createdAt, expiresAt } = approval
  const { line, endsAt, role: name, gives } = await KINDS[kind].describe(app, policy, approval)
  const role = name !== null && Object.hasOwn(policy.roles, name) ? policy.roles[name] : undefined
  const about = isForUser(approval) ? await subjectOf(connection, app, approval.subjectId, policy) : null
  const names = await userNames({ sql }, [requestedBy])
  return {
    id,
    kind,
    line,
    endsAt,
    subject: about?.subject ?? null,
    upload: isForUpload(approval) ? await trustTerms(connection, app, approval.subjectId) : null,
    people: isForPeople(approval) ? await peopleTermsOf(connection, app, approval.subjectId) : null,
    roleVersion: isForRole(approval) ? (await roleVersionPlan(connection, app, approval)).difference : null,
    role: role === undefined ? null : permitsInWords(policy, role),
    conflicts: about === null || name === null ? [] : await conflictsWith(connection, app, about.held, name),
    gives: [...gives],
    requestedBy: personOf(names, requestedBy),
    reason: await showText(app.keyring, reasonOf(approval), approval.reason),
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    entryId: await entryOf(sql, app, approval),
  }
}

/** What a decision commits to: SHA-256 over the canonical JSON (RFC 8785) of the terms, in hex. */
export const termsHash = (terms: ApprovalTerms): string => hash('sha256', canonicalise(terms), 'hex')

/**
 * Throws CONFLICT where what a request rests on is no longer what whoever decides has looked at. The account
 * that it is about is locked first: what was compared is what is carried out.
 */
export const requireAsShown = async (
  tx: Transaction,
  app: App,
  approval: Approval,
  shown: string,
): Promise<void> => {
  const subject: UserId | string = approval.subjectId
  await tx.sql`select from users where id = ${subject} for no key update`
  const terms = await termsOf(tx, app, await app.policies.inForce(), approval)
  if (termsHash(terms) === shown) return
  throw new ChartwardError(
    'CONFLICT',
    'What this rests on has changed since you looked at it. Look at it again, and decide then.',
  )
}
