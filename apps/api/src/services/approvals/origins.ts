import type { Connection } from '@chartward/db'
import type { UserId } from '@chartward/policy'
import { hasUsableFactor } from '../auth/usable-factors.ts'

/** How somebody came to their account, for whoever is to give them something. */
interface Origin {
  readonly id: string
  /** Who made the invitation that was accepted, or else the last one; null: the installation. */
  readonly invitedBy: UserId | null
  readonly enrolled: boolean
}

/** Who invited whom: by a link that somebody has seen, somebody else may have come. */
export const originsOf = async (
  { sql }: Pick<Connection, 'sql'>,
  ids: readonly string[],
): Promise<Map<string, Origin>> => {
  const rows = await sql<Origin[]>`
    select u.id,
      (select i.invited_by from invitations i where i.user_id = u.id
        order by i.accepted_at desc nulls last, i.created_at desc, i.id desc limit 1) as "invitedBy",
      u.status = 'active' and ${hasUsableFactor(sql)} as enrolled
    from users u where u.id = any(${[...new Set(ids)]}::uuid[])`
  return new Map(rows.map((row) => [row.id, row]))
}
