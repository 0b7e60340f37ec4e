import type { Mutant } from '../mutant.ts'

const ROLES_TEST = 'apps/api/src/services/roles/roles.test.ts'
const KILLS_TEST = 'apps/api/src/services/roles/kills.test.ts'
const COMPOSITION_TEST = 'packages/policy/src/custom/composition.test.ts'
const DIFFERENCE_TEST = 'packages/policy/src/custom/difference.property.test.ts'
const PROJECT_TEST = 'packages/policy/src/project.test.ts'

/** Custom roles: versions, who may change them, what is shown of a change. */
export const ROLES: readonly Mutant[] = [
  {
    name: 'a role that adds something is put in force by one person',
    file: 'apps/api/src/services/roles/put-in-force.ts',
    from: 'if (!difference.secondPerson) {',
    to: 'if (difference.version > 0) {',
    test: ROLES_TEST,
    only: 'one that adds anything takes two',
  },
  {
    name: 'a role is put in force by somebody who holds it',
    file: 'apps/api/src/services/roles/put-in-force.ts',
    from: 'separation.requireNotAmong(plan.holders)',
    to: 'separation.requireNotAmong([])',
    test: ROLES_TEST,
    only: 'of a role that they hold',
  },
  {
    name: 'a role is drafted by somebody who holds it',
    file: 'apps/api/src/services/roles/save-draft.ts',
    from: 'separation.requireNotAmong(peopleOf(await assignmentsOf(tx, app, name)))',
    to: 'separation.requireNotAmong([])',
    test: ROLES_TEST,
    only: 'of a role that they hold',
  },
  {
    name: 'a role is put in force otherwise than it was shown',
    file: 'apps/api/src/services/roles/put-in-force.ts',
    from: 'if (differenceHash(difference) !== hash)',
    to: 'if (hash.length === 0)',
    test: ROLES_TEST,
    only: 'is what was shown, or nothing is done',
  },
  {
    name: 'the author of a role approves it',
    file: 'apps/api/src/services/roles/role-version-approval.ts',
    from: '= [author?.authorId, ...plan.holders]',
    to: '= [...plan.holders]',
    test: ROLES_TEST,
    only: 'approves a version that they have drafted',
  },
  {
    name: 'the second of two editors of a role overwrites the first',
    file: 'apps/api/src/services/roles/save-draft.ts',
    from: 'if ((latest?.version ?? null) !== basedOn)',
    to: 'if (basedOn === -1)',
    test: ROLES_TEST,
    only: 'the second is told',
  },
  {
    name: 'a role takes the last administrators',
    file: 'apps/api/src/services/roles/plan.ts',
    from: 'ids.has(held.assignmentId) && !roleAllows(role, permission)',
    to: 'ids.has(held.assignmentId) && roleAllows(role, permission) && false',
    test: ROLES_TEST,
    only: 'would remove the last administrators',
  },
  {
    name: 'a role counts that nobody vouches for',
    file: 'apps/api/src/vouch/policies.ts',
    from: "if (await vouching.admits('role-version', row)) this.#admit(row)",
    to: 'this.#admit(row)',
    test: KILLS_TEST,
    only: 'it says more than it was saved with',
  },
  {
    name: 'an allow of a role shows clear what a lost field masked',
    file: 'packages/policy/src/compile.ts',
    from: 'if (selectorsOf(statement).some((selector) => expandSelector(selector) === undefined)) return NO_FIELDS',
    to: '',
    test: COMPOSITION_TEST,
    only: 'shows nothing by that statement',
  },
  {
    name: 'a role of one’s own shows all it may to whoever looks for somebody in an emergency',
    file: 'packages/policy/src/custom/composition.ts',
    from: 'permission !== IN_EMERGENCY && (PERMISSIONS[permission].subject',
    to: '(PERMISSIONS[permission].subject',
    test: COMPOSITION_TEST,
    only: 'just what the role does',
  },
  {
    name: 'what was read under a broken glass counts as refused by a role that is put in force',
    file: 'apps/api/src/services/roles/decide-again.ts',
    from: 'facts.breakGlassInForce === true ? brokenBy(roles) : null',
    to: 'null',
    test: 'apps/api/src/services/roles/decide-again.test.ts',
    only: 'is refused by a version',
  },
  {
    name: 'the difference of a role forgets lists',
    file: 'packages/policy/src/custom/difference.ts',
    from: "const reaches: ReachName[] = ['any-patient', 'in-care', 'broken-glass', 'list']",
    to: "const reaches: ReachName[] = ['any-patient', 'in-care', 'broken-glass']",
    test: DIFFERENCE_TEST,
    only: 'is what the authoriser does otherwise',
  },
  {
    name: 'the billing role sees every address',
    file: 'packages/policy/src/project.ts',
    from: "const part = access === 'partly' ? shownPart(path, value) : null",
    to: "const part = access === 'partly' && Array.isArray(value) ? value : null",
    test: PROJECT_TEST,
    only: 'holds of the addresses the one that bills go to',
  },
]
