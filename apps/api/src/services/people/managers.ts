import type { Transaction } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import type { Wanted } from './wanted.ts'

/** Who stands under whom, as it is now, but for those who stand under nobody. */
export const managersNow = async ({ sql }: Transaction): Promise<Map<string, string>> => {
  const rows = await sql<{ id: string; managerId: string }[]>`
    select id, manager_id as "managerId" from users where manager_id is not null`
  return new Map(rows.map(({ id, managerId }) => [id, managerId]))
}

/** How somebody is called among those of one act: by their id, or by the line that makes them. */
const nameOf = ({ who, line }: Wanted): string => (who.is === 'known' ? who.id : `line ${line}`)

const wantedManager = ({ manager }: Wanted, now: string | undefined): string | undefined => {
  if (manager === undefined) return now
  if (manager === null) return undefined
  return manager.by === 'user' ? manager.id : `line ${manager.line}`
}

/** Who would stand under whom afterwards. */
export const managersAfter = (
  now: ReadonlyMap<string, string>,
  all: readonly Wanted[],
): ReadonlyMap<string, string> => {
  const after = new Map(now)
  for (const wanted of all) {
    const name = nameOf(wanted)
    const manager = wantedManager(wanted, now.get(name))
    if (manager === undefined) after.delete(name)
    else after.set(name, manager)
  }
  return after
}

/** How many stand above somebody; null where who goes up from them comes back. */
export const depthOf = (managers: ReadonlyMap<string, string>, wanted: Wanted): number | null => {
  const seen = new Set<string>()
  for (let at: string | undefined = nameOf(wanted); at !== undefined; at = managers.get(at)) {
    if (seen.has(at)) return null
    seen.add(at)
  }
  return seen.size - 1
}

/** Whether somebody stands above a person who is to be their manager: they would stand above themselves. */
export const standsAbove = async (
  { sql }: Transaction,
  { person, manager }: { readonly person: UserId; readonly manager: UserId },
): Promise<boolean> => {
  const rows = await sql`
    with recursive above as (
      select id, manager_id from users where id = ${manager}
      union
      select u.id, u.manager_id from users u join above a on u.id = a.manager_id)
    select from above where id = ${person}`
  return rows.length > 0
}
