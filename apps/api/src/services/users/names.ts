import type { PersonName } from '@chartward/contract'
import type { Connection } from '@chartward/db'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/**
 * The names of users by id, for showing who did something. What is no user's id, such as a service's
 * name, has none.
 */
export const userNames = async (
  { sql }: Pick<Connection, 'sql'>,
  ids: readonly (string | null)[],
): Promise<Map<string, string>> => {
  const wanted = [...new Set(ids.filter((id) => id !== null && UUID.test(id)))]
  if (wanted.length === 0) return new Map()
  const rows = await sql<PersonName[]>`
    select id, display_name as "displayName" from users where id = any(${wanted}::uuid[])`
  return new Map(rows.map(({ id, displayName }) => [id, displayName]))
}

export const personOf = (names: ReadonlyMap<string, string>, id: string): PersonName => ({
  id,
  displayName: names.get(id) ?? '',
})
