import {
  type FieldClass,
  type FieldType,
  RESOURCE_TYPES,
  type ResourceType,
  resourceOf,
} from '@chartward/policy'
import { hasIdentifierType } from './identifier-type.ts'
import type { JsonObject } from './json.ts'

export interface Target {
  readonly field: string
  readonly class: FieldClass
}

/**
 * `whole`: the element is the field. `split`: each item goes to the first rule it matches, else to the rest.
 */
export type ElementPlan =
  | { readonly kind: 'whole'; readonly to: Target; readonly type: FieldType }
  | {
      readonly kind: 'split'
      readonly rules: readonly { readonly to: Target; readonly matches: (item: JsonObject) => boolean }[]
      readonly rest: Target
      readonly type: FieldType
    }

const planResource = (type: ResourceType): ReadonlyMap<string, ElementPlan> => {
  const plans = new Map<string, ElementPlan>()
  for (const [name, field] of Object.entries(resourceOf(type).fields)) {
    const { source } = field
    const to = { field: name, class: field.class }
    const known = plans.get(source.element)
    if ('url' in source || 'identifierType' in source) {
      const matches =
        'url' in source
          ? (item: JsonObject) => item.url === source.url
          : (item: JsonObject) => hasIdentifierType(item, source.identifierType)
      const rules = known?.kind === 'split' ? known.rules : []
      // What no rule takes: the field that names the element alone, or `unmapped` under the
      // element's own name.
      const rest: Target =
        known?.kind === 'split'
          ? known.rest
          : known?.kind === 'whole'
            ? known.to
            : { field: source.element, class: 'unmapped' }
      const kind = 'url' in source ? 'Complex' : 'Identifier[]'
      plans.set(source.element, { kind: 'split', rules: [...rules, { to, matches }], rest, type: kind })
    } else if (known?.kind === 'split') {
      plans.set(source.element, { ...known, rest: to })
    } else {
      plans.set(source.element, { kind: 'whole', to, type: field.type })
    }
  }
  return plans
}

const PLANS = new Map(RESOURCE_TYPES.map((type) => [type, planResource(type)] as const))
const NONE: ReadonlyMap<string, ElementPlan> = new Map()

/**
 * How the elements of a resource type spread over the catalog's fields: derived from each field's
 * `source` alone.
 */
export const planOf = (type: ResourceType): ReadonlyMap<string, ElementPlan> => PLANS.get(type) ?? NONE
