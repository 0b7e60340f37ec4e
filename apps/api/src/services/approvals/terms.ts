import { hash } from 'node:crypto'
import { canonicalise } from '@chartward/audit'
import type { ApprovalTerms } from '@chartward/contract'
import type { Connection, Database, Transaction } from '@chartward/db'
import type { EntryId, Policy, UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { showText } from '../../keys/sealed-text.ts'
import { trustTerms } from '../uploads/trust-terms.ts'
import { personOf, userNames } from '../users/names.ts'
import { permitsInWords } from '../users/role-permits.ts'
import { type Approval, isForUpload, reasonOf } from './approval.ts'
import { KINDS } from './kinds.ts'
import { originsOf } from './origins.ts'

type Sql = Connection['sql']
type Subject = NonNullable<ApprovalTerms['subject']>

interface Account {
  readonly displayName: string
  readonly email: string
  readonly status: Subject['status']
  readonly roles: readonly string[]
}

const accountOf = async (sql: Sql, id: string, now: Date): Promise<Account> => {
  const at = now.toISOString()
  const [account] = await sql<Account[]>`
    select display_name as "displayName", email, status,
      array(select distinct a.role from role_assignments a where a.user_id = u.id
        and a.starts_at <= ${at} and (a.ends_at is null or a.ends_at > ${at}) order by 1) as roles
    from users u where u.id = ${id}`
  if (account === undefined) throw new ChartwardError('NOT_FOUND')
  return account
}

/** How far the entry of a request may lie from the request itself. */
const NEAR_MS = 60 * 60_000

/** The entry by which it was asked for: of whoever asked, of about then, and naming the request. */
const entryOf = async (sql: Sql, { id, requestedBy, createdAt }: Approval): Promise<EntryId | null> => {
  const from = new Date(createdAt.getTime() - NEAR_MS).toISOString()
  const to = new Date(createdAt.getTime() + NEAR_MS).toISOString()
  const [entry] = await sql<{ id: EntryId }[]>`
    select id from audit_entries
    where actor_id = ${requestedBy} and at >= ${from} and at < ${to} and outcome = 'success'
      and position(${`"approval":"${id}"`} in encode(bytes, 'escape')) > 0
    order by id limit 1`
  return entry?.id ?? null
}

/** Whom a request is about, and what they hold. */
const subjectOf = async (sql: Sql, id: string, now: Date, policy: Policy): Promise<Subject> => {
  const { displayName, email, status, roles } = await accountOf(sql, id, now)
  const { invitedBy = null, enrolled = false } = (await originsOf({ sql }, [id])).get(id) ?? {}
  const names = await userNames({ sql }, [invitedBy])
  return {
    id,
    displayName,
    email,
    status,
    invitedBy: invitedBy === null ? null : personOf(names, invitedBy),
    enrolled,
    holds: roles.map((held) => policy.roles[held]?.title ?? held),
  }
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
  const { id, kind, subjectId, requestedBy, createdAt, expiresAt } = approval
  const isUpload = isForUpload(approval)
  const { line, endsAt, role: name, gives } = await KINDS[kind].describe(app, policy, approval)
  const role = name !== null && Object.hasOwn(policy.roles, name) ? policy.roles[name] : undefined
  const names = await userNames({ sql }, [requestedBy])
  return {
    id,
    kind,
    line,
    endsAt,
    subject: isUpload ? null : await subjectOf(sql, subjectId, app.clock(), policy),
    upload: isUpload ? await trustTerms(connection, app, subjectId) : null,
    role: role === undefined ? null : permitsInWords(policy, role),
    gives: [...gives],
    requestedBy: personOf(names, requestedBy),
    reason: await showText(app.keyring, reasonOf(approval), approval.reason),
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    entryId: await entryOf(sql, approval),
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
