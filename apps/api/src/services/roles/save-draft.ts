import { canonicalise } from '@chartward/audit'
import type { SaveRoleDraftInput, SaveRoleDraftOutput } from '@chartward/contract'
import { schema, type Transaction, withTransaction } from '@chartward/db'
import { compositionProblems, isComposition, statementsOf, type TypedComposition } from '@chartward/policy'
import { eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { newId } from '../../core/ids.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { sealText } from '../../keys/sealed-text.ts'
import type { RowOf } from '../../vouch/kinds.ts'
import { beginPrivilegedAct } from '../approvals/standing.ts'
import { assignmentsOf, findCustomRole, peopleOf, versionsOf } from './stored.ts'

const { customRoles } = schema

/** More roles than anybody can tell apart. */
const MOST_ROLES = 200

/**
 * Saves a version of a custom role, new or known, as a draft: it changes what nobody may do. Of two who save
 * on top of the same version the second gets CONFLICT, and sees what the first has saved.
 */
export const saveRoleDraft = async ({
  ctx: { app, user, entry, separation },
  input,
}: {
  readonly ctx: VerbContext<'role.version.drafted'>
  readonly input: SaveRoleDraftInput
}): Promise<SaveRoleDraftOutput> => {
  const { name, basedOn, title, description, reason } = input
  const statements = statementsText(input)
  return withTransaction(app.db, 'none', async (tx) => {
    await beginPrivilegedAct(tx, { app, user }, 'access:role:draft')
    separation.requireNotAmong(peopleOf(await assignmentsOf(tx, app, name)))
    const known = await findCustomRole(tx, app, name)
    const [latest] = await versionsOf(tx, app, name)
    await requireSavable(tx, app, input, known)
    if ((latest?.version ?? null) !== basedOn)
      throw new ChartwardError(
        'CONFLICT',
        'Somebody else has saved a version of this role since you began. Look at both, and go on from theirs.',
        { field: 'version' },
      )
    const now = app.clock()
    const id = known?.id ?? newId()
    if (known === undefined) {
      const role = {
        id,
        name,
        createdBy: user.id,
        createdAt: now,
        inForce: null,
        retiredAt: null,
        retiredBy: null,
      }
      await app.vouching.insert(tx, 'custom-role', [role])
    }
    const version = (latest?.version ?? 0) + 1
    const rowId = newId()
    const place = { table: 'role_versions', column: 'reason', rowId } as const
    const sealed = sealText(app.keyring, place, reason)
    const row = { id: rowId, role: name, version, basedOn, title, description, statements, authorId: user.id }
    await app.vouching.insert(tx, 'role-version', [{ ...row, reason: sealed, createdAt: now }])
    await entry.changed(tx, {
      change: {
        before: basedOn === null ? null : { version: basedOn },
        after: { role: name, version, title },
      },
      patientId: null,
      records: null,
      resource: { type: 'role', id },
      note: reason,
    })
    return { version }
  })
}

/** Canonical JSON of the statements. Throws INVALID_INPUT at the part that the policy would not take. */
const statementsText = (input: SaveRoleDraftInput): string => {
  const { name, permissions, clear, partly, masked, hidden, labels, breakGlass } = input
  const composition: TypedComposition = { permissions, clear, partly, masked, hidden, labels, breakGlass }
  const [problem] = compositionProblems(composition)
  if (problem !== undefined || !isComposition(composition))
    throw new ChartwardError(
      'INVALID_INPUT',
      problem?.says,
      problem === undefined ? {} : { field: problem.field },
    )
  const parts = statementsOf(name, composition).map((statement) => JSON.parse(JSON.stringify(statement)))
  return Buffer.from(canonicalise(parts)).toString()
}

const requireSavable = async (
  tx: Transaction,
  app: App,
  { name, basedOn, title }: SaveRoleDraftInput,
  known: RowOf<'custom-role'> | undefined,
): Promise<void> => {
  const policy = await app.policies.inForce()
  const isBuiltIn = Object.hasOwn(policy.roles, name) && known === undefined
  if (isBuiltIn || (known !== undefined && basedOn === null))
    throw new ChartwardError('CONFLICT', 'There is a role of this name already. Choose another name.', {
      field: 'name',
    })
  if (known === undefined && basedOn !== null) throw new ChartwardError('NOT_FOUND')
  if (known !== undefined && known.retiredAt !== null)
    throw new ChartwardError('CONFLICT', 'This role is retired. Make another one, as a copy of it.')
  const folded = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim()
  const others = [...Object.values(policy.roles), ...Object.values(policy.versions ?? {}).flat()]
  if (others.some((other) => other.name !== name && folded(other.title) === folded(title)))
    throw new ChartwardError(
      'INVALID_INPUT',
      'Another role has this title. Choose one that tells them apart.',
      {
        field: 'title',
      },
    )
  if (known !== undefined) return
  if ((await tx.orm.$count(customRoles, eq(customRoles.name, customRoles.name))) >= MOST_ROLES)
    throw new ChartwardError('CONFLICT', 'There are 200 custom roles: give people one of them.')
}
