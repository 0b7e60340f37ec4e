import {
  ALL_PERMISSIONS,
  builtInPolicy,
  type Composition,
  type Holder,
  impactOf,
  PERMISSIONS,
  type Policy,
  policyWith,
  type Role,
  statementsOf,
} from '@chartward/policy'
import { say } from '../harness/print.ts'
import { figure, limited, type Report } from '../harness/report.ts'
import { spreadOf } from '../harness/rounds.ts'

const ROUNDS = 9
const USERS = 10_000
const PERMISSION_COUNT = 40
const LIMIT_MS = 200

/** Of each subject, as many as make forty. */
const FORTY = ALL_PERMISSIONS.toSorted(
  (a, b) => Number(PERMISSIONS[b].subject === 'record') - Number(PERMISSIONS[a].subject === 'record'),
).slice(0, PERMISSION_COUNT)

const composed = (more: Partial<Composition>): Composition => ({
  permissions: FORTY.map((permission) => ({
    permission,
    rows: PERMISSIONS[permission].subject === 'none' ? null : 'care',
  })),
  clear: ['class:identity', 'class:clinical'],
  partly: [],
  masked: ['class:narrative'],
  hidden: [],
  labels: ['hiv', 'genetics'],
  breakGlass: true,
  ...more,
})

const versionOf = (version: number, composition: Composition): Role => ({
  name: 'bench',
  version,
  title: 'bench',
  description: 'bench',
  privileged: true,
  statements: statementsOf('bench', composition),
})

/** A policy nothing of which has been worked out yet. */
const freshPolicy = (): Policy => {
  const before = composed({})
  const after = composed({
    permissions: before.permissions.map((one) => ({ ...one, rows: one.rows === null ? null : 'all' })),
    clear: ['class:identity', 'class:clinical', 'class:billing'],
    hidden: ['Patient.ssn'],
    labels: ['hiv'],
  })
  return policyWith(
    builtInPolicy,
    [{ versions: [versionOf(1, before), versionOf(2, after)], inForce: 1 }],
    'bench/1',
  )
}

/** Each holds the role, and by turns every set of two others that there is; every tenth is a patient too. */
const makeHolders = (): Holder[] => {
  const names = Object.keys(builtInPolicy.roles)
  const sets = names.flatMap((one, at) => names.slice(at).map((other) => [...new Set([one, other])]))
  return Array.from({ length: USERS }, (_, user) => {
    const rest = (sets[user % sets.length] ?? []).map((name) => ({ name }))
    return {
      id: String(user),
      before: [...rest, { name: 'bench', version: 1 }],
      after: [...rest, { name: 'bench', version: 2 }],
      isPatient: user % 10 === 0,
    }
  })
}

/** The exact difference of a role's new version for everybody who holds it, from a policy that is new. */
export const run = async (): Promise<Report> => {
  const holders = makeHolders()
  const times: number[] = []
  let groups = 0
  for (let round = 0; round < ROUNDS; round++) {
    const policy = freshPolicy()
    const began = performance.now()
    groups = impactOf(policy, holders).length
    times.push(performance.now() - began)
  }
  say(`roles: ${USERS} people, ${PERMISSION_COUNT} permissions, ${groups} different sets of roles`)
  return {
    bench: 'roles',
    results: [
      limited('exact impact of a role change', spreadOf(times).median, 'ms', LIMIT_MS),
      figure('the slowest round', Math.max(...times), 'ms'),
      figure('sets of roles', groups, 'sets'),
    ],
  }
}
