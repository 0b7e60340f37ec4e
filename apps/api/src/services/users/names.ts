import type { Connection } from '@chartward/db'

export interface PersonName {
  id: string
  displayName: string
}

/** The names of users by id, for showing who did something. */
export const userNames = async (
  { sql }: Connection,
  ids: readonly (string | null)[],
): Promise<Map<string, string>> => {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const rows = await sql<PersonName[]>`
    select id, display_name as "displayName" from users where id = any(${wanted}::uuid[])`
  return new Map(rows.map(({ id, displayName }) => [id, displayName]))
}

export const personOf = (names: ReadonlyMap<string, string>, id: string): PersonName => ({
  id,
  displayName: names.get(id) ?? '',
})
