import type { BreakGlassCause, BreakGlassVerdict } from '@chartward/contract'
import type { schema } from '@chartward/db'

export type GrantRow = typeof schema.breakGlassGrants.$inferSelect

/** Where the sealed reason of a use opens, and what its reviewer wrote. */
export const reasonOf = ({ id }: { readonly id: string }) =>
  ({ table: 'break_glass_grants', column: 'reason', rowId: id }) as const
export const noteOf = ({ id }: { readonly id: string }) =>
  ({ table: 'break_glass_grants', column: 'note', rowId: id }) as const

/** When a use ended, or will end. */
export const endOf = ({ endsAt, endedAt }: GrantRow): Date => endedAt ?? endsAt

export const isOpen = (row: GrantRow, now: Date): boolean => endOf(row) > now && row.endedAt === null

interface Use {
  readonly id: string
  readonly patientId: string
  readonly cause: BreakGlassCause
  readonly startsAt: string
  readonly endsAt: string
  readonly open: boolean
  readonly endedEarly: GrantRow['endReason']
  readonly verdict: BreakGlassVerdict | null
}

/** What everybody who may see a use sees of it: no word that was typed. */
export const useOf = (row: GrantRow, now: Date): Use => ({
  id: row.id,
  patientId: row.patientId,
  cause: row.cause,
  startsAt: row.startsAt.toISOString(),
  endsAt: endOf(row).toISOString(),
  open: isOpen(row, now),
  endedEarly: row.endReason,
  verdict: row.verdict,
})
