import { type ResourceType, SIBLINGS } from '@chartward/policy'
import { type FhirResource, isObject, isString, stringsOf } from './json.ts'
import { DELETED, ORDER, type RecordFields, WITHDRAWN } from './map.ts'
import { patientElementOf } from './patient-reference.ts'
import { type ElementPlan, planOf } from './plan.ts'
import { plainPatientReference } from './references.ts'

const merge = (
  fields: RecordFields,
  plan: ElementPlan & { kind: 'split' },
  order: readonly string[],
): unknown[] => {
  const targets = [...plan.rules.map((rule) => rule.to), plan.rest]
  const waiting = new Map(
    targets.map((to) => {
      const items: unknown = fields[to.class]?.[to.field]
      return [to.field, Array.isArray(items) ? [...items] : []] as const
    }),
  )
  const placed = order.flatMap((name) => waiting.get(name)?.splice(0, 1) ?? [])
  return [...placed, ...[...waiting.values()].flat()]
}

/** What a source has sent of a record that no field of the catalog is declared for, as it was sent. */
export const undeclared = ({ unmapped = {} }: RecordFields): Record<string, unknown> => {
  const { [ORDER]: _order, [DELETED]: _deleted, [WITHDRAWN]: _withdrawn, ...rest } = unmapped
  return rest
}

/**
 * The FHIR R4 resource of a record: the inverse of `toRecord`. Where classes are missing (a reader who may
 * not see them), their elements are missing, and everything else stands as it was. `patientSourceId` is null
 * in the directory.
 */
export const fromRecord = (
  type: ResourceType,
  sourceId: string,
  patientSourceId: string | null,
  fields: RecordFields,
): FhirResource => {
  const resource: FhirResource = { resourceType: type, id: sourceId }
  const patientElement = patientElementOf(type)
  if (patientElement !== null && patientSourceId !== null) {
    resource[patientElement] = { reference: plainPatientReference(patientSourceId) }
  }
  const orders = fields.unmapped?.[ORDER]
  Object.assign(resource, undeclared(fields))
  for (const [element, plan] of planOf(type)) {
    if (plan.kind === 'whole') {
      const value = fields[plan.to.class]?.[plan.to.field]
      if (element === SIBLINGS) Object.assign(resource, value)
      else if (value !== undefined) resource[element] = value
      continue
    }
    const order = isObject(orders) ? orders[element] : undefined
    const items = merge(fields, plan, stringsOf(order).filter(isString))
    if (items.length > 0 || order !== undefined) resource[element] = items
  }
  return resource
}
