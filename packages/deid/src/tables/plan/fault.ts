import type { core } from 'zod'

/** One thing that is wrong with a plan: where, and what to do about it. */
export interface PlanFault {
  readonly path: string
  readonly advice: string
}

const PLAIN = /^[A-Za-z_][\w-]*$/

/** Where in the plan, as it would be written: columns.age.transform, columns["zip code"], formats[0]. */
export const pathOf = (...keys: readonly PropertyKey[]): string =>
  keys.reduce<string>((path, key) => {
    if (typeof key === 'number') return `${path}[${key}]`
    const name = String(key)
    if (!PLAIN.test(name)) return `${path}[${JSON.stringify(name)}]`
    return path === '' ? name : `${path}.${name}`
  }, '') || 'plan'

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  object: 'an object',
  record: 'an object',
  array: 'a list',
}

const listed = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(', ')

const choose = (values: readonly unknown[]): string =>
  values.length === 1 ? `write ${listed(values)}` : `use one of ${listed(values)}`

const boundAdvice = (origin: string, bound: number | bigint, inclusive: boolean, least: boolean): string => {
  if (origin === 'string') return 'fill it in'
  if (origin === 'array') return 'list at least one'
  if (least) return inclusive ? `give ${bound} or more` : `give more than ${bound}`
  return inclusive ? `give ${bound} or less` : `give less than ${bound}`
}

const adviceOf = (issue: core.$ZodIssue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return `give ${KINDS[issue.expected] ?? issue.expected}`
    case 'unrecognized_keys':
      return `remove ${listed(issue.keys)}: there is no such setting here`
    case 'invalid_value':
      return choose(issue.values)
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options) ? choose(issue.options) : issue.message
    case 'too_small':
      return boundAdvice(issue.origin, issue.minimum, issue.inclusive === true, true)
    case 'too_big':
      return boundAdvice(issue.origin, issue.maximum, issue.inclusive === true, false)
    case 'invalid_key':
      return 'give the column a name'
    default:
      return issue.message
  }
}

export const schemaFault = (issue: core.$ZodIssue): PlanFault => ({
  path: pathOf(...issue.path),
  advice: adviceOf(issue),
})
