import type { GetCustomRoleInput, GetCustomRoleOutput } from '@chartward/contract'
import { type Composition, compositionOf, lostNames, type Role, roleOf } from '@chartward/policy'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { showText } from '../../keys/sealed-text.ts'
import type { RowOf } from '../../vouch/kinds.ts'
import { roleOfVersion } from '../../vouch/policies.ts'
import { personOf, userNames } from '../users/names.ts'
import { assignmentsOf, findCustomRole, peopleOf, versionsOf } from './stored.ts'

/**
 * A role with its versions, and who holds which; composed as one of its versions is, the newest unless
 * told.
 */
export const getRole = async ({
  ctx: { app, user, policy, entry },
  input: { name, version },
}: {
  readonly ctx: VerbContext<'role.viewed'>
  readonly input: GetCustomRoleInput
}): Promise<GetCustomRoleOutput> => {
  const row = await findCustomRole(app.db, app, name)
  const rows = row === undefined ? [] : await versionsOf(app.db, app, name)
  const shown = row === undefined ? builtIn(policy, name, version) : custom(rows, version)
  if (shown === undefined) throw new ChartwardError('NOT_FOUND')
  entry.shown({ count: 1, resource: { type: 'role', id: row?.id ?? null } })
  const held = await assignmentsOf(app.db, app, name)
  const names = await userNames(app.db, [...peopleOf(held), ...rows.map(({ authorId }) => authorId)])
  const holding = (number: number) =>
    peopleOf(held.filter(({ roleVersion }) => roleVersion === number)).length
  return {
    name,
    title: shown.title,
    description: shown.description,
    builtIn: row === undefined,
    version: shown.version,
    latest: rows[0]?.version ?? shown.version,
    inForce: row === undefined ? shown.version : row.inForce,
    retiredAt: row?.retiredAt?.toISOString() ?? null,
    composition: listed(compositionOf(shown)),
    versions: await Promise.all(rows.map((one) => versionView(app, one, names, holding(one.version)))),
    holders: held
      .map(({ userId, roleVersion }) => ({ person: personOf(names, userId), version: roleVersion }))
      .toSorted((a, b) => (a.person.displayName < b.person.displayName ? -1 : 1)),
    mine: held.some(({ userId }) => userId === user.id),
  }
}

const builtIn = (
  policy: VerbContext['policy'],
  name: string,
  version: number | undefined,
): Role | undefined => {
  const role = roleOf(policy, { name })
  return version === undefined || role?.version === version ? role : undefined
}

const custom = (rows: readonly RowOf<'role-version'>[], version: number | undefined): Role | undefined => {
  const row = version === undefined ? rows[0] : rows.find((one) => one.version === version)
  return row === undefined ? undefined : roleOfVersion(row)
}

/** As the contract has it: lists that may be changed. */
const listed = (composition: Composition): GetCustomRoleOutput['composition'] => ({
  permissions: composition.permissions.map((one) => ({ ...one })),
  clear: [...composition.clear],
  partly: [...composition.partly],
  masked: [...composition.masked],
  hidden: [...composition.hidden],
  labels: [...composition.labels],
  breakGlass: composition.breakGlass,
})

const versionView = async (
  app: App,
  row: RowOf<'role-version'>,
  names: ReadonlyMap<string, string>,
  holders: number,
): Promise<GetCustomRoleOutput['versions'][number]> => ({
  version: row.version,
  basedOn: row.basedOn,
  title: row.title,
  author: personOf(names, row.authorId),
  reason: await showText(
    app.keyring,
    { table: 'role_versions', column: 'reason', rowId: row.id },
    row.reason,
  ),
  createdAt: row.createdAt.toISOString(),
  holders,
  lost: [...lostNames(roleOfVersion(row))],
})
