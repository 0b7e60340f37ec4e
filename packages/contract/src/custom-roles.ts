import * as z from 'zod/mini'
import {
  count,
  instant,
  line,
  nothing,
  pendingApproval,
  person,
  reason,
  roleName,
  text,
  typed,
  userId,
} from './forms.ts'

/** As many names as a role may hold of a kind; the catalog has fewer. */
const MOST_NAMES = 3_000
/** As many people as may be named; more are all. */
const MOST_PEOPLE = 200

/** A name of the catalog, or of the list of permissions, which may know it or not. */
const catalogName = typed(1, 120)
const names = z.array(catalogName).check(z.maxLength(MOST_NAMES))
const rowRule = z.enum(['care', 'self', 'all'])
const fieldGrant = z.enum(['none', 'masked', 'partly', 'clear'])

/** What a custom role is composed of. */
export const composition = z.strictObject({
  permissions: z
    .array(z.strictObject({ permission: catalogName, rows: z.nullable(rowRule) }))
    .check(z.maxLength(MOST_NAMES)),
  clear: names,
  partly: names,
  masked: names,
  hidden: names,
  labels: names,
  breakGlass: z.boolean(),
})

/** The name that assignments and audit entries have a role by, for ever. */
export const newRoleName = typed(1, 40).check(
  z.refine((name) => /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name), {
    params: { says: 'it has to be small letters and digits, words joined by hyphens, such as ward-clerk.' },
  }),
)
export const roleTitle = line(1, 60)
export const roleDescription = text(1, 400)
const version = z.int().check(z.minimum(1), z.maximum(1_000_000))
/** Whom of those who hold it; left out, all of them. */
const people = z.optional(z.array(userId).check(z.minLength(1), z.maxLength(MOST_PEOPLE)))

const reach = z.enum([
  'none',
  'any-patient',
  'in-care',
  'broken-glass',
  'self',
  'self-in-care',
  'self-broken-glass',
  'list',
  'list-of-patient',
])
const cell = z.strictObject({ permission: z.string(), reach, labels: z.array(z.string()) })
const answer = z.enum(['no', 'break-glass', 'yes', 'self', 'care', 'all'])
const accessChange = z.strictObject({
  permissions: z.array(z.strictObject({ cell, before: answer, after: answer })),
  fields: z.array(
    z.strictObject({ cells: z.array(cell), from: fieldGrant, to: fieldGrant, paths: z.array(z.string()) }),
  ),
})

/** What puts a version in force would do, exactly, and to whom. */
export const roleDifference = z.strictObject({
  name: z.string(),
  title: z.string(),
  version,
  /** The version that whoever is given the role gets until now; null: it can't be given yet. */
  inForce: z.nullable(version),
  /** Whether it is for all who hold the role, and for whoever is given it from then on. */
  forAll: z.boolean(),
  /** Of the role itself, against the version in force. */
  change: accessChange,
  /** People for whom the same is otherwise, by what they hold besides. */
  affected: z.array(z.strictObject({ change: accessChange, people: z.array(person) })),
  /** Those who are moved and may do and see the same as before. */
  unaffected: z.array(person),
  privileged: z.strictObject({ before: z.boolean(), after: z.boolean() }),
  /** Duties that one person should not have: of the role alone (null), or of somebody who would have them. */
  conflicts: z.array(z.strictObject({ person: z.nullable(person), says: z.string() })),
  /** Whether it takes a second person. */
  secondPerson: z.boolean(),
  /** Why it can't be put in force; null where it can. */
  obstacle: z.nullable(z.string()),
})

/** SHA-256 over the canonical JSON (RFC 8785) of the difference, in hex. */
const differenceHash = z.string().check(z.regex(/^[0-9a-f]{64}$/))

const heldBy = z.strictObject({ person, version: z.nullable(version) })
const roleVersion = z.strictObject({
  version,
  basedOn: z.nullable(version),
  title: z.string(),
  author: person,
  reason: z.string(),
  createdAt: instant,
  holders: count,
  /** Names that this version holds and the catalog has lost: the statements with them show nothing. */
  lost: z.array(z.string()),
})

export const listCustomRolesInput = nothing
export const listCustomRolesOutput = z.strictObject({
  items: z.array(
    z.strictObject({
      name: z.string(),
      title: z.string(),
      description: z.string(),
      builtIn: z.boolean(),
      privileged: z.boolean(),
      inForce: z.nullable(version),
      /** The newest version; of a built-in role, the code's. */
      latest: version,
      retired: z.boolean(),
      holders: count,
      lost: z.array(z.string()),
    }),
  ),
})

export const getCustomRoleInput = z.strictObject({ name: roleName, version: z.optional(version) })
export const getCustomRoleOutput = z.strictObject({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  builtIn: z.boolean(),
  /** Which version `composition` is of. */
  version,
  latest: version,
  inForce: z.nullable(version),
  retiredAt: z.nullable(instant),
  composition,
  /** Newest first; none of a built-in role. */
  versions: z.array(roleVersion),
  holders: z.array(heldBy),
  /** Whether the reader holds it: then it is for others to change. */
  mine: z.boolean(),
})

export const saveRoleDraftInput = z.strictObject({
  name: newRoleName,
  /** The newest version that was there when it was begun; null for a role that is new. */
  basedOn: z.nullable(version),
  title: roleTitle,
  description: roleDescription,
  ...composition.shape,
  reason,
})
export const saveRoleDraftOutput = z.strictObject({ version })

export const compareRoleInput = z.strictObject({ name: roleName, version, people })
export const compareRoleOutput = z.strictObject({ difference: roleDifference, hash: differenceHash })

export const replayRoleInput = z.strictObject({ name: roleName, version, people })
export const replayRoleOutput = z.strictObject({
  /**
   * From when on the log was read, how many entries of those who are moved there are, and how many were
   * read.
   */
  since: instant,
  entries: count,
  read: count,
  /** Decisions of theirs by the role that were decided again, and that can't be. */
  decided: count,
  undecided: count,
  /**
   * Of each person: how many were allowed and would be refused, the other way round, or show less or more.
   */
  people: z.array(z.strictObject({ person, refused: count, allowed: count, less: count, more: count })),
})

export const putRoleInForceInput = z.strictObject({
  name: roleName,
  version,
  people,
  hash: differenceHash,
  reason,
})
export const putRoleInForceOutput = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('in-force'), moved: count }),
  pendingApproval,
])

export const retireRoleInput = z.strictObject({ name: roleName, reason })
export const retireRoleOutput = z.strictObject({})

/** What somebody would have that one person should not, were they given the role. */
export const roleConflictsInput = z.strictObject({ userId, role: roleName })
export const roleConflictsOutput = z.strictObject({ conflicts: z.array(z.string()) })

export type Composition = z.output<typeof composition>
export type RoleDifference = z.output<typeof roleDifference>
export type ListCustomRolesOutput = z.output<typeof listCustomRolesOutput>
export type GetCustomRoleInput = z.output<typeof getCustomRoleInput>
export type GetCustomRoleOutput = z.output<typeof getCustomRoleOutput>
export type SaveRoleDraftInput = z.output<typeof saveRoleDraftInput>
export type SaveRoleDraftOutput = z.output<typeof saveRoleDraftOutput>
export type CompareRoleInput = z.output<typeof compareRoleInput>
export type CompareRoleOutput = z.output<typeof compareRoleOutput>
export type ReplayRoleInput = z.output<typeof replayRoleInput>
export type ReplayRoleOutput = z.output<typeof replayRoleOutput>
export type PutRoleInForceInput = z.output<typeof putRoleInForceInput>
export type PutRoleInForceOutput = z.output<typeof putRoleInForceOutput>
export type RetireRoleInput = z.output<typeof retireRoleInput>
export type RetireRoleOutput = z.output<typeof retireRoleOutput>
export type RoleConflictsInput = z.output<typeof roleConflictsInput>
export type RoleConflictsOutput = z.output<typeof roleConflictsOutput>
