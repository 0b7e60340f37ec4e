import type { AuditEntryBase } from '@chartward/audit'
import type { Access, AccessGround } from '@chartward/contract'
import { type Policy, type RowRule, titleOf } from '@chartward/policy'

/** The roles that an entry's facts name, in the versions that they had, by the titles that they have now. */
export const rolesThen = ({ facts }: AuditEntryBase, policy: Policy): Access['roles'] => {
  const { roles } = facts
  if (!Array.isArray(roles)) return []
  return roles
    .filter((text) => typeof text === 'string')
    .map((text) => {
      const at = text.lastIndexOf('@')
      const role = at < 0 ? text : text.slice(0, at)
      return { role, version: at < 0 ? '?' : text.slice(at + 1), title: titleOf(policy, { name: role }) }
    })
}

/** The care relationship that the decision was told of, where it was in force then. */
export const relationshipThen = ({ facts }: AuditEntryBase): string | null =>
  facts.relationshipInForce === true && typeof facts.relationship === 'string' ? facts.relationship : null

const rowsOf = (policy: Policy, statement: string | null): RowRule | null =>
  [...Object.values(policy.roles), ...Object.values(policy.versions ?? {}).flat()]
    .flatMap(({ statements }) => statements)
    .find(({ id }) => id === statement)?.rows ?? null

const GROUNDS = { care: 'care', self: 'self', all: 'all-patients' } as const satisfies Record<
  RowRule,
  AccessGround
>

/**
 * By what the actor reached the patient: break-glass, where no care relationship was in force, else as the
 * statement says that decided. Whoever was not let in had a
 * care relationship, is the patient, or had nothing: a statement that would have allowed it is no ground.
 */
export const groundOf = (entry: AuditEntryBase | null, policy: Policy): AccessGround => {
  if (entry === null) return 'unknown'
  const { actor, outcome, facts } = entry
  if (actor.kind === 'service' || actor.kind === 'system') return 'program'
  if (relationshipThen(entry) === null && facts.breakGlassInForce === true) return 'break-glass'
  if (outcome === 'refused') {
    if (relationshipThen(entry) !== null) return 'care'
    return facts.self === true ? 'self' : 'none'
  }
  const rows = rowsOf(policy, entry.statement)
  return rows === null ? 'unknown' : GROUNDS[rows]
}
