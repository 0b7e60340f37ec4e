import { hash } from 'node:crypto'
import { canonicalise } from '@chartward/audit'
import type { ApprovalTerms } from '@chartward/contract'
import type { Connection, Transaction } from '@chartward/db'
import type { EntryId, Policy, UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { showText } from '../../keys/sealed-text.ts'
import { personOf, userNames } from '../users/names.ts'
import { permitsInWords } from '../users/role-permits.ts'
import { type Approval, reasonOf } from './approval.ts'
import { KINDS } from './kinds.ts'
import { originsOf } from './origins.ts'

type Sql = Connection['sql']

interface Account {
  readonly displayName: string
  readonly email: string
  readonly status: ApprovalTerms['subject']['status']
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

/**
 * All that a request about a user rests on, as it stands: whom it is about and what they hold, what comes
 * into force and what that permits by the policy, who asks, when and why.
 */
export const termsOf = async (
  { sql }: Pick<Connection, 'sql'>,
  app: App,
  policy: Policy,
  approval: Approval,
): Promise<ApprovalTerms> => {
  const { id, kind, subjectId, requestedBy, createdAt, expiresAt } = approval
  const { line, endsAt, role: name, gives } = await KINDS[kind].describe(app, policy, approval)
  const role = name !== null && Object.hasOwn(policy.roles, name) ? policy.roles[name] : undefined
  const account = await accountOf(sql, subjectId, app.clock())
  const { invitedBy = null, enrolled = false } = (await originsOf({ sql }, [subjectId])).get(subjectId) ?? {}
  const names = await userNames({ sql }, [requestedBy, invitedBy])
  return {
    id,
    kind,
    line,
    endsAt,
    subject: {
      id: subjectId,
      displayName: account.displayName,
      email: account.email,
      status: account.status,
      invitedBy: invitedBy === null ? null : personOf(names, invitedBy),
      enrolled,
      holds: account.roles.map((held) => policy.roles[held]?.title ?? held),
    },
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
