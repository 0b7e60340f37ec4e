import { type AuditEntryBase, checkEntry } from '@chartward/audit'
import { TRPCError } from '@trpc/server'
import type { App } from '../app.ts'
import { ChartwardError } from '../core/errors.ts'

const parsed = (rows: readonly { bytes: Buffer }[]): AuditEntryBase[] =>
  rows.map(({ bytes }) => checkEntry(JSON.parse(bytes.toString('utf8'))))

/**
 * The audit entries so far, oldest first (by id: tests move the clock), as the log holds them; of one action,
 * if one is named.
 */
export const auditEntries = async (
  app: App,
  action?: AuditEntryBase['action'],
): Promise<AuditEntryBase[]> => {
  await app.audit.drain()
  const rows = await app.db.sql<{ bytes: Buffer }[]>`
    select bytes from audit_entries where ${action ?? null}::text is null or action = ${action ?? null} order by id`
  return parsed(rows)
}

/**
 * The audit entries of one request, oldest first, found as an investigator finds them: by the request's id.
 */
export const entriesOfRequest = async (app: App, requestId: string): Promise<AuditEntryBase[]> => {
  await app.audit.drain()
  const rows = await app.db.sql<{ bytes: Buffer }[]>`
    select bytes from audit_entries where request_id = ${requestId} order by id`
  return parsed(rows)
}

/** How often each outcome and reason occurs among entries, as `outcome reason`. */
export const tally = (entries: readonly AuditEntryBase[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { outcome, reason } of entries) {
    const key = reason === null || outcome === 'success' ? outcome : `${outcome} ${reason}`
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}

/** The code that a caller is refused with; a call that succeeds fails the test. */
export const refusalOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call
  } catch (error) {
    if (error instanceof ChartwardError) return error.code
    if (error instanceof TRPCError && error.cause instanceof ChartwardError) return error.cause.code
    throw error
  }
  throw new Error('it was not refused')
}
