import { createMongoAbility, type MongoAbility, type RawRuleOf } from '@casl/ability'
import { permittedFieldsOf } from '@casl/ability/extra'
import { type EntityJson, preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs'
import { decide, type FieldPath, fieldAccess } from '@chartward/policy'
import { newEnforcer, newModelFromString } from 'casbin'
import type { Question } from './questions.ts'
import type { Rule } from './rules.ts'

/** Answers whether the field is shown as it is. Whatever can be made beforehand has been. */
export type Engine = (question: Question) => boolean

/** The fields of the question's type that are shown as they are. */
export type ScopeEngine = (question: Question) => readonly string[]

export const ours: Engine = ({ request, field }) => {
  const decision = decide(request)
  return decision.effect === 'allow' && fieldAccess(decision.scope, field) === 'clear'
}

export const ourScope: ScopeEngine = ({ request }) => {
  const decision = decide(request)
  return decision.effect === 'allow' ? [...decision.scope.fields.keys()] : []
}

type Facts = { readonly inCare: boolean; readonly self: boolean }
const TYPE = 'Record'
const CONDITIONS = { all: {}, care: { conditions: { inCare: true } }, self: { conditions: { self: true } } }

/** CASL: an ability for each set of roles, kept; of rules that contradict each other the last one wins. */
export const casl = (rules: readonly Rule[]) => {
  const abilities = new Map<string, MongoAbility>()
  const abilityOf = (roles: readonly string[]): MongoAbility => {
    const key = roles.join()
    const known = abilities.get(key)
    if (known !== undefined) return known
    const made = rules
      .filter(({ role }) => roles.includes(role))
      .toSorted((a, b) => Number(b.allows) - Number(a.allows))
      .map(
        (rule): RawRuleOf<MongoAbility> => ({
          action: [...rule.permissions],
          subject: TYPE,
          fields: [...rule.fields],
          inverted: !rule.allows,
          ...CONDITIONS[rule.rows],
        }),
      )
    const ability = createMongoAbility(made, { detectSubjectType: () => TYPE })
    abilities.set(key, ability)
    return ability
  }
  const engine: Engine = ({ roles, permission, inCare, self, field }) => {
    const facts: Facts = { inCare, self }
    return abilityOf(roles).can(permission, facts, field)
  }
  const scope: ScopeEngine = ({ roles, permission, inCare, self, type }) => {
    const facts: Facts = { inCare, self }
    return permittedFieldsOf(abilityOf(roles), permission, facts, {
      fieldsFrom: (rule) => (rule.fields ?? []).filter((path) => path.startsWith(`${type}.`)),
    })
  }
  return { engine, scope }
}

const MODEL = `
[request_definition]
r = person, permission, inCare, self, field
[policy_definition]
p = role, permission, rows, rule, eft
[role_definition]
g = _, _
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = r.permission == p.permission && g(r.person, p.role) && reaches(p.rows, r.inCare, r.self) && names(p.rule, r.field)
`

/** Casbin: roles by its role manager; rows and fields by functions, the fields of a rule being a Set. */
export const casbin = async (rules: readonly Rule[], questions: readonly Question[]): Promise<Engine> => {
  const enforcer = await newEnforcer(newModelFromString(MODEL))
  const fields = new Map(rules.map(({ id, fields }) => [id, new Set<string>(fields)]))
  await enforcer.addFunction(
    'reaches',
    (rows: string, inCare: boolean, self: boolean) => rows === 'all' || (rows === 'care' ? inCare : self),
  )
  await enforcer.addFunction('names', (rule: string, field: string) => fields.get(rule)?.has(field) ?? false)
  await enforcer.addPolicies(
    rules.flatMap(({ id, role, permissions, rows, allows }) =>
      permissions.map((permission) => [role, permission, rows, id, allows ? 'allow' : 'deny']),
    ),
  )
  const people = new Map(questions.map(({ roles }) => [roles.join(), roles]))
  await enforcer.addGroupingPolicies(
    [...people].flatMap(([person, roles]) => roles.map((role) => [person, role])),
  )
  return ({ roles, permission, inCare, self, field }) =>
    enforcer.enforceSync(roles.join(), permission, inCare, self, field)
}

const WHEN = { all: '', care: ' when { context.inCare }', self: ' when { context.self }' }
const SET = 'bench'

/** Cedar: policies parsed beforehand; a field is a resource in the sets of the rules that name it. */
export const cedar = (rules: readonly Rule[], questions: readonly Question[]): Engine => {
  const text = rules
    .filter(({ permissions }) => permissions.length > 0)
    .map(({ id, role, permissions, rows, allows }) => {
      const actions = permissions.map((permission) => `Action::"${permission}"`).join(', ')
      return `${allows ? 'permit' : 'forbid'}(principal in Role::"${role}", action in [${actions}], resource in Fields::"${id}")${WHEN[rows]};`
    })
    .join('\n')
  const parsed = preparsePolicySet(SET, { staticPolicies: text })
  if (parsed.type !== 'success') throw new Error(JSON.stringify(parsed.errors))
  const entity = (type: string, id: string, parents: EntityJson['parents'] = []): EntityJson => ({
    uid: { type, id },
    attrs: {},
    parents,
  })
  const people = new Map(
    questions.map(({ roles }) => [
      roles.join(),
      entity(
        'Person',
        roles.join(),
        roles.map((id) => ({ type: 'Role', id })),
      ),
    ]),
  )
  const fields = new Map<FieldPath, EntityJson>(
    questions.map(({ field }) => [
      field,
      entity(
        'Field',
        field,
        rules.filter((rule) => rule.fields.includes(field)).map(({ id }) => ({ type: 'Fields', id })),
      ),
    ]),
  )
  return ({ roles, permission, inCare, self, field }) => {
    const person = people.get(roles.join())
    const resource = fields.get(field)
    if (person === undefined || resource === undefined) throw new Error('a question that nobody asked')
    const answer = statefulIsAuthorized({
      principal: person.uid,
      action: { type: 'Action', id: permission },
      resource: resource.uid,
      context: { inCare, self },
      preparsedPolicySetId: SET,
      entities: [person, resource],
    })
    if (answer.type !== 'success') throw new Error(JSON.stringify(answer.errors))
    return answer.response.decision === 'allow'
  }
}
