import { createHash } from 'node:crypto'
import { toHex } from '@chartward/audit'
import { CryptoError } from '@chartward/crypto'
import { type Connection, schema, type Transaction } from '@chartward/db'
import type { Id, UserId } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { RowOf } from '../../vouch/kinds.ts'
import { type Agreed, agreedPlan, planText } from './agreed-plan.ts'
import type { Asked, Plan } from './plan.ts'

const { peopleChanges } = schema

export type ChangeRow = RowOf<'people-change'>
export type ChangeId = Id<'people-change'>

/** The id of a change as its row has it: what is no such id is that of no row. */
export const changeIdOf = (id: string): ChangeId => id as ChangeId

/** Where what a change holds opens, and nowhere else. */
const bindingOf = (id: ChangeId, column: 'content' | 'plan') => ({
  purpose: 'people',
  table: 'people_changes',
  fieldClass: column,
  rowId: id,
  rowVersion: 1,
})

export const reasonPlace = (id: ChangeId) =>
  ({ table: 'people_changes', column: 'reason', rowId: id }) as const

/** Writes that something is asked for, what it is sealed. An entry of the same transaction has to follow. */
export const insertChange = async (
  tx: Transaction,
  { vouching, keyring, clock }: Pick<App, 'vouching' | 'keyring' | 'clock'>,
  given: Pick<ChangeRow, 'id' | 'kind' | 'askedBy' | 'lines'> & { readonly content: Uint8Array },
): Promise<void> => {
  const { content, ...row } = given
  await vouching.insert(tx, 'people-change', [
    {
      ...row,
      content: keyring.seal('uploads', bindingOf(row.id, 'content'), Buffer.from(content)),
      sha256: createHash('sha256').update(content).digest(),
      reason: null,
      approvalId: null,
      workId: null,
      planHash: null,
      createdAt: clock(),
    },
  ])
}

/** A change as its row says. Rejects NOT_FOUND, or INTEGRITY where the row is not what was written. */
export const findChange = async (
  { orm }: Connection | Transaction,
  { vouching }: Pick<App, 'vouching'>,
  id: string,
): Promise<ChangeRow> => {
  const [row] = await orm
    .select()
    .from(peopleChanges)
    .where(eq(peopleChanges.id, changeIdOf(id)))
  if (row === undefined) throw new ChartwardError('NOT_FOUND')
  return vouching.require('people-change', row)
}

/** Changes what a row says of it. The row is locked; an entry has to follow. */
export const changeRow = async (
  tx: Transaction,
  { vouching }: Pick<App, 'vouching'>,
  id: ChangeId,
  change: Partial<Pick<ChangeRow, 'reason' | 'approvalId' | 'workId' | 'plan' | 'planHash'>>,
): Promise<void> => {
  await vouching.change(tx, 'people-change', eq(peopleChanges.id, id), change)
}

const opened = async (
  { keyring }: Pick<App, 'keyring'>,
  id: ChangeId,
  column: 'content' | 'plan',
  sealed: Uint8Array,
): Promise<Buffer> => {
  try {
    return await keyring.open('uploads', bindingOf(id, column), sealed)
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error
    throw new ChartwardError('INTEGRITY', undefined, { cause: error })
  }
}

/** What was asked for; null where it has been done or was turned down, and nothing of it is left. */
export const askedFor = async (app: App, row: ChangeRow): Promise<Asked | null> => {
  if (row.content === null) return null
  const content = await opened(app, row.id, 'content', row.content)
  if (!createHash('sha256').update(content).digest().equals(row.sha256)) throw new ChartwardError('INTEGRITY')
  return { kind: row.kind, askedBy: row.askedBy, content, sha256: toHex(row.sha256) }
}

/** Seals the plan that is agreed on, as its row keeps it. */
export const sealedPlan = (
  { keyring }: Pick<App, 'keyring'>,
  id: ChangeId,
  plan: Plan,
): Pick<ChangeRow, 'plan' | 'planHash'> => {
  const text = planText(plan)
  return {
    plan: keyring.seal('uploads', bindingOf(id, 'plan'), text),
    planHash: createHash('sha256').update(text).digest(),
  }
}

/** The plan that was agreed on. Rejects INTEGRITY where it is another one, or none. */
export const openPlan = async (app: App, { id, plan, planHash }: ChangeRow): Promise<Agreed> => {
  if (plan === null || planHash === null) throw new ChartwardError('INTEGRITY')
  const text = await opened(app, id, 'plan', plan)
  if (!createHash('sha256').update(text).digest().equals(planHash)) throw new ChartwardError('INTEGRITY')
  return agreedPlan(text)
}

/** The file goes as soon as nobody has to look at it any more. */
export const forgetContent = async ({ sql }: Connection | Transaction, id: ChangeId): Promise<void> => {
  await sql`update people_changes set content = null where id = ${id}`
}

/** Whom a plan does something to. */
export const concernedBy = ({ lines }: Pick<Plan, 'lines'>): UserId[] =>
  lines.flatMap(({ line, wanted: { who } }) =>
    line.outcome === 'change' && who.is === 'known' ? [who.id] : [],
  )
