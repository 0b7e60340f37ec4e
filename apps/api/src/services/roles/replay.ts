import { AuditError, parseEntry } from '@chartward/audit'
import type { ReplayRoleInput, ReplayRoleOutput } from '@chartward/contract'
import type { EntryId, Policy, RoleRef, UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { personOf, userNames } from '../users/names.ts'
import { type Again, decideAgain, refsThen } from './decide-again.ts'
import { planOf } from './plan.ts'
import { peopleOf } from './stored.ts'

const DAYS = 30
/** As many entries are read at most, the newest; how many there are is said. */
const MOST_READ = 50_000
const PAGE = 2_000

type Counts = Record<Exclude<Again, 'same'>, number>

/**
 * Decides the last thirty days' decisions about those who would be moved again, as they were decided and by
 * the version instead: how many come out otherwise, for whom. Says nothing of any patient.
 */
export const replayRole = async ({
  ctx: { app, entry },
  input: { name, version, people },
}: {
  readonly ctx: VerbContext<'role.replayed'>
  readonly input: ReplayRoleInput
}): Promise<ReplayRoleOutput> => {
  const { row, moving } = await planOf(app.db, app, { name, version, people: people ?? null })
  const ids = peopleOf(moving)
  const since = new Date(app.clock().getTime() - DAYS * 24 * 60 * 60_000)
  const policy = await app.policies.inForce([{ name, version }])
  const found = await replayed(app, policy, ids, since, { name, version })
  entry.shown({ count: found.read, resource: { type: 'role', id: row.id } })
  const names = await userNames(app.db, ids)
  const { counts, ...figures } = found
  return {
    since: since.toISOString(),
    ...figures,
    people: [...counts]
      .map(([id, of]) => ({ person: personOf(names, id), ...of }))
      .toSorted((a, b) => (a.person.displayName < b.person.displayName ? -1 : 1)),
  }
}

interface Replayed extends Pick<ReplayRoleOutput, 'entries' | 'read' | 'decided' | 'undecided'> {
  readonly counts: ReadonlyMap<string, Counts>
}

const replayed = async (
  app: App,
  policy: Policy,
  ids: readonly UserId[],
  since: Date,
  to: RoleRef & { readonly version: number },
): Promise<Replayed> => {
  const { sql } = app.db
  const from = since.toISOString()
  const [all] = await sql<{ count: string }[]>`
    select count(*) from audit_entries
    where actor_id = any(${ids}) and id >= uuid_v7_floor(${from}::timestamptz) and at >= ${from}`
  const counts = new Map<string, Counts>()
  let [read, decided, undecided] = [0, 0, 0]
  for await (const rows of sql<{ id: EntryId; bytes: Buffer; mac: Buffer }[]>`
    select id, bytes, mac from audit_entries
    where actor_id = any(${ids}) and id >= uuid_v7_floor(${from}::timestamptz) and at >= ${from}
    order by id desc limit ${MOST_READ}`.cursor(PAGE)) {
    for (const { bytes, mac } of rows) {
      read += 1
      const entry = app.audit.isOwn(bytes, mac) ? entryOf(bytes) : null
      // What says no permission was no decision; by other roles alone, none that this changes.
      if (entry === null || entry.actor.kind !== 'user') continue
      const then = refsThen(entry.facts)
      if (then !== null && !then.some((ref) => ref.name === to.name)) continue
      const again = then === null ? null : decideAgain(policy, entry, then, to)
      if (again === null) {
        undecided += 1
        continue
      }
      decided += 1
      if (again === 'same') continue
      const of = counts.get(entry.actor.id) ?? { refused: 0, allowed: 0, less: 0, more: 0 }
      counts.set(entry.actor.id, { ...of, [again]: of[again] + 1 })
    }
  }
  return { entries: Number(all?.count ?? 0), read, decided, undecided, counts }
}

const entryOf = (bytes: Buffer) => {
  try {
    const entry = parseEntry(bytes)
    return typeof entry.facts.permission === 'string' ? entry : null
  } catch (error) {
    if (error instanceof AuditError) return null
    throw error
  }
}
