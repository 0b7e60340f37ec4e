import type { KeyLine, KeyPurpose, KeyState, ListKeysOutput } from '@chartward/contract'
import { keyState } from '@chartward/contract'
import { type Transaction, withTransaction } from '@chartward/db'
import { ne } from 'drizzle-orm'
import type { App } from '../../app.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { SYSTEM_KEY_PURPOSES } from '../../keys/system-keys.ts'
import { keyRotations } from './rotation-row.ts'
import { viewRotations } from './rotation-view.ts'
import { AFTERLIFE } from './targets.ts'
import { dueBefore } from './to-do.ts'
import { countUses, usesOf } from './uses.ts'

const DAY_MS = 86_400_000
/** So many days before a key is rotated by itself it is said. */
export const WARNING_DAYS = 15

interface Row {
  readonly purpose: string
  readonly id: string
  readonly version: number
  readonly state: KeyState
  /** Milliseconds since 1970. */
  readonly created: number
  readonly since: number
  readonly used: number | null
}

/** Every key but those of patients, which are as many as they: by purpose, with what is made with each. */
export const listKeys = async ({
  ctx: { app, entry },
}: {
  readonly ctx: VerbContext<'key.listed'>
}): Promise<ListKeysOutput> => {
  const { days, patientDays } = app.settings.keys
  const items = await withTransaction(app.db, 'all', async (tx) => {
    const open = await tx.orm.select().from(keyRotations).where(ne(keyRotations.state, 'done'))
    const views = await viewRotations(tx, open)
    const rotationOf = (purpose: KeyPurpose) =>
      views.find((view, at) => view.purpose === purpose && (open[at]?.subjectId ?? null) === null) ?? null
    const rows = await readKeys(tx)
    const lines = [await kekLine(tx, app, rows), await patientsLine(tx, app)]
    for (const purpose of SYSTEM_KEY_PURPOSES) lines.push(await systemLine(tx, app, purpose, rows))
    return lines.map((line): KeyLine => ({ ...line, rotation: rotationOf(line.purpose) }))
  })
  entry.shown({ count: items.length })
  return { items, days, patientDays }
}

const readKeys = async ({ sql }: Transaction): Promise<Row[]> => sql<Row[]>`
  select purpose, id, version, state, (extract(epoch from created_at) * 1000)::float8 as created,
    (extract(epoch from state_at) * 1000)::float8 as since, (extract(epoch from used_at) * 1000)::float8 as used
  from (
    select 'kek' as purpose, id, version, state, created_at, state_at, used_at from keks
    union all select purpose, id, version, state, created_at, state_at, used_at from system_keys) keys
  order by version desc`

type Line = Omit<KeyLine, 'rotation'>

const kekLine = async ({ sql }: Transaction, app: App, rows: readonly Row[]): Promise<Line> => {
  const own = rows.filter(({ purpose }) => purpose === 'kek')
  const used = await sql<{ key: string; rows: number }[]>`
    select kek_id::text as key, count(*)::int as rows from (
      select kek_id from patient_keys where state <> 'destroyed'
      union all select kek_id from system_keys where state <> 'destroyed') wrapped group by 1`
  const counted = new Map(used.map(({ key, rows: n }) => [key, n]))
  return { purpose: 'kek', afterlife: 'anew', ...clockOf(app, own), ...versionsOf(own, counted) }
}

const systemLine = async (
  tx: Transaction,
  app: App,
  purpose: (typeof SYSTEM_KEY_PURPOSES)[number],
  rows: readonly Row[],
): Promise<Line> => {
  const own = rows.filter((row) => row.purpose === purpose)
  const counted = await countUses(tx, purpose)
  return { purpose, afterlife: AFTERLIFE[purpose], ...clockOf(app, own), ...versionsOf(own, counted) }
}

const patientsLine = async ({ sql }: Transaction, app: App): Promise<Line> => {
  const rows = await sql<{ state: KeyState; keys: number }[]>`
    select state, count(*)::int as keys from patient_keys group by 1`
  const now = app.clock()
  const [due] = await sql<{ due: number; oldest: number | null }[]>`
    select count(*) filter (where id < ${dueBefore(app, now)})::int as due,
      (extract(epoch from min(created_at)) * 1000)::float8 as oldest
    from patient_keys where state = 'primary'`
  const dueAt = due?.oldest == null ? null : due.oldest + app.settings.keys.patientDays * DAY_MS
  return {
    purpose: 'patients',
    afterlife: 'anew',
    clock: (due?.due ?? 0) > 0 ? 'due' : 'in-time',
    dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
    versions: [],
    counts: Object.fromEntries(rows.map(({ state, keys }) => [state, keys])),
  }
}

const clockOf = (app: App, rows: readonly Row[]): Pick<Line, 'clock' | 'dueAt'> => {
  const inForce = rows.find(({ state }) => state === 'primary')
  if (inForce === undefined) return { clock: 'due', dueAt: null }
  const due = inForce.since + app.settings.keys.days * DAY_MS
  const left = due - app.clock().getTime()
  const clock = left <= 0 ? 'due' : left <= WARNING_DAYS * DAY_MS ? 'soon' : 'in-time'
  return { clock, dueAt: new Date(due).toISOString() }
}

const versionsOf = (
  rows: readonly Row[],
  counted: ReadonlyMap<string, number> | null,
): Pick<Line, 'versions' | 'counts'> => ({
  versions: rows.map(({ id, version, state, created, since, used }) => ({
    id,
    version,
    state,
    createdAt: new Date(created).toISOString(),
    since: new Date(since).toISOString(),
    usedAt: used === null ? null : new Date(used).toISOString(),
    rows: counted === null ? null : usesOf(counted, { id, version }),
  })),
  counts: Object.fromEntries(
    keyState.options.flatMap((state) => {
      const n = rows.filter((row) => row.state === state).length
      return n === 0 ? [] : [[state, n]]
    }),
  ),
})
