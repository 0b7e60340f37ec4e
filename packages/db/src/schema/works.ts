import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { bytea, type Id, id, instant, sessionId, userId, vouched } from './types.ts'

/**
 * Work that takes longer than a person waits for an answer, and that goes on when they close the console: who
 * asked for what, how far it is, what came of it. `result` is a closed form of its kind: numbers, words and
 * ids, never a patient's value. A state only moves on, and one that is an end stays (a trigger). `slot` is
 * what one work at a time is done of; `attempt` counts who has taken it up, so that one who lost it ends
 * nothing. `phase`, `done`, `total`, `phaseAt` and `heartbeat` say how far it is by the database's clock and
 * decide nothing.
 */
export const works = pgTable(
  'works',
  {
    id: id(),
    kind: text({
      enum: [
        'check-log',
        'export-log',
        'build-export',
        'import-upload',
        'withdraw-upload',
        'change-people',
        'lock-down',
      ],
    }).notNull(),
    subjectId: uuid(),
    askedBy: userId().notNull(),
    askedAt: instant().notNull(),
    slot: text(),
    state: text({ enum: ['waiting', 'running', 'done', 'failed', 'cancelled'] }).notNull(),
    attempt: integer().notNull(),
    startedAt: instant(),
    endedAt: instant(),
    cancelAskedAt: instant(),
    cancelAskedBy: userId(),
    result: jsonb(),
    failure: text(),
    phase: text(),
    done: bigint({ mode: 'number' }).notNull().default(0),
    total: bigint({ mode: 'number' }),
    phaseAt: instant(),
    heartbeat: instant(),
    ...vouched(),
  },
  (t) => [
    index('works_kind').on(t.kind, t.id),
    index('works_asker').on(t.askedBy, t.id),
    uniqueIndex('works_slot').on(t.slot).where(sql`${t.state} in ('waiting', 'running')`),
    check(
      'works_end',
      sql`(${t.endedAt} is not null) = (${t.state} in ('done', 'failed', 'cancelled'))
        and (${t.result} is not null) = (${t.state} = 'done')
        and (${t.failure} is not null) = (${t.state} = 'failed')`,
    ),
  ],
)

/**
 * Whom somebody has locked down in one act, and why: read by the work that does it, person after person. The
 * reason is sealed.
 */
export const lockdownActs = pgTable('lockdown_acts', {
  id: id(),
  requestedBy: userId().notNull(),
  people: uuid().array().$type<Id<'user'>[]>().notNull(),
  reason: bytea().notNull(),
  requestId: uuid(),
  sessionId: sessionId(),
  createdAt: instant().notNull(),
  ...vouched(),
})
