import type { SessionView } from '@chartward/contract'
import type { schema } from '@chartward/db'
import { gt, isNull } from 'drizzle-orm'
import { earliest } from '../../sessions/time.ts'
import { personOf } from '../users/names.ts'

type Row = typeof schema.sessions.$inferSelect
type Columns = typeof schema.sessions

/** A session whose time is up has ended, also where nobody has come back since to find it so. */
export const sessionView = (row: Row, now: Date, names: ReadonlyMap<string, string>): SessionView => {
  const end = earliest(row.idleExpiresAt, row.expiresAt)
  const lapsed = row.endedAt === null && end <= now
  return {
    id: row.id,
    stage: row.stage,
    createdAt: row.createdAt.toISOString(),
    lastActiveAt: row.lastActiveAt.toISOString(),
    factorAt: row.factorAt?.toISOString() ?? null,
    idleExpiresAt: row.idleExpiresAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    ip: row.ip,
    userAgent: row.userAgent,
    endedAt: lapsed ? end.toISOString() : (row.endedAt?.toISOString() ?? null),
    endReason: lapsed ? 'expired' : row.endReason,
    endedBy: row.endedBy === null ? null : personOf(names, row.endedBy),
  }
}

/** The conditions of a session that is open: it has not ended, and its time is not up. */
export const isOpenAt = (sessions: Columns, now: Date) => [
  isNull(sessions.endedAt),
  gt(sessions.idleExpiresAt, now),
  gt(sessions.expiresAt, now),
]
