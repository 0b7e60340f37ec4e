import { type Field, type ResourceType, resourceOf } from '@chartward/policy'
import type { IdMap } from '../../shared/id-map.ts'
import { listOf, own } from '../../shared/json.ts'
import type { Code, DeidRecord, DeidValue, SourceRecord } from '../record.ts'
import type { FieldTally } from '../tally.ts'
import { STATUS_SETS } from '../terminology/status-sets.ts'
import { type Ageing, ageingOf, type PersonFacts } from './age.ts'
import { releasableAreas } from './areas.ts'
import { codesOfConcept, releasableCodes } from './codes.ts'
import { isAgeGroup, releasableInteger, releasableMoney, releasableQuantity } from './quantity.ts'
import { freshReference } from './references.ts'
import { releasableBirthYear, releasableYears } from './years.ts'

export interface SafeHarborContext {
  /** The fixed day on which ages are reckoned; it stands in the manifest. */
  readonly asOf: Date
  readonly person: PersonFacts
  readonly ids: IdMap
  /** Counts what was done per field, for the manifest. */
  readonly tally?: FieldTally
}

interface Treatment {
  readonly path: string
  readonly field: Field
  readonly value: unknown
  readonly codes: readonly Code[]
  readonly ageing: Ageing
  readonly context: SafeHarborContext
}

const kept = ({ path, field, value, codes, ageing }: Treatment): DeidValue | null => {
  if (field.type === 'boolean') return typeof value === 'boolean' ? { kind: 'scalar', value } : null
  if (field.type === 'integer') {
    const number = releasableInteger(value, codes, ageing)
    return number === null ? null : { kind: 'scalar', value: number }
  }
  if (field.type !== 'code' || typeof value !== 'string') return null
  return STATUS_SETS.get(path)?.has(value) === true ? { kind: 'scalar', value } : null
}

const referencesOf = ({ field, value, context }: Treatment): DeidValue | null => {
  if (field.type !== 'Reference' && field.type !== 'Reference[]') return null
  const references = listOf(value).flatMap((item) => freshReference(item, context.ids) ?? [])
  return references.length > 0 ? { kind: 'references', references } : null
}

const quantityOf = ({ field, value, codes, ageing }: Treatment): DeidValue | null => {
  if (field.type === 'Money') return releasableMoney(value)
  if (field.type !== 'Quantity') return null
  const quantity = releasableQuantity(value, ageing, codes)
  return quantity === null ? null : { kind: 'quantity', ...quantity }
}

const treat = (treatment: Treatment): DeidValue | null => {
  const { field, value, ageing, context } = treatment
  switch (field.safeHarbor) {
    case 'keep':
      return kept(treatment)
    case 'codes':
      return releasableCodes(field, value, ageing)
    case 'quantity':
      return quantityOf(treatment)
    case 'year':
      return releasableYears(field, value, ageing)
    case 'birth-year':
      return releasableBirthYear(value, context.person, ageing, context.asOf)
    case 'state-zip3':
      return releasableAreas(value)
    case 'fresh-id':
      return referencesOf(treatment)
    case 'drop':
      return null
    default:
      return field.safeHarbor satisfies never
  }
}

/**
 * A grouped age beside the year in which it was taken tells that the person is now older than the group says.
 */
const tellsGroupedAge = (value: DeidValue): boolean =>
  (value.kind === 'quantity' && isAgeGroup(value)) ||
  (value.kind === 'components' &&
    value.items.some(({ quantity }) => quantity !== null && isAgeGroup(quantity)))

const isYear = (value: DeidValue): boolean => value.kind === 'year' || value.kind === 'years'

const patientIdOf = (record: SourceRecord, ids: IdMap): string | null => {
  if (resourceOf(record.type).compartment === 'directory') return null
  if (record.type === 'Patient') return ids.idFor('Patient', record.sourceId)
  const source = record.patientSourceId ?? null
  return source === null ? null : ids.idFor('Patient', source)
}

const isGrouped = (value: DeidValue): boolean =>
  value.kind === 'age-group' ||
  tellsGroupedAge(value) ||
  (value.kind === 'areas' && value.areas.some(({ zip3 }) => zip3 === '000'))

const record = (tally: FieldTally | undefined, type: ResourceType, name: string, value: DeidValue | null) =>
  tally?.count(`${type}.${name}`, value === null ? 'suppressed' : isGrouped(value) ? 'grouped' : 'kept')

/**
 * The Safe Harbor form of a record (45 CFR 164.514(b)(2)), by allow-list: the catalog's fields are walked,
 * never the record's, and each treatment builds its value anew from parts that it knows. What no treatment
 * names cannot pass. Throws `DeidError`: `bad-as-of`, `bad-random-id`.
 */
export const safeHarborRecord = (source: SourceRecord, context: SafeHarborContext): DeidRecord => {
  const { type, fields } = source
  const ageing = ageingOf(context.person, context.asOf)
  const codes = codesOfConcept(own(fields, 'code'))
  const released = new Map<string, DeidValue>()
  const present: string[] = []
  for (const [name, field] of Object.entries(resourceOf(type).fields)) {
    const value = own(fields, name)
    if (value === undefined || value === null || field.type === 'id') continue
    present.push(name)
    const treated = treat({ path: `${type}.${name}`, field, value, codes, ageing, context })
    if (treated !== null) released.set(name, treated)
  }
  if (ageing.standing !== 'to-89' && [...released.values()].some(tellsGroupedAge))
    for (const [name, value] of released) if (isYear(value)) released.delete(name)
  for (const name of present) record(context.tally, type, name, released.get(name) ?? null)
  context.tally?.count(`${type}.id`, 'kept')
  context.tally?.unnamed(
    Object.keys(fields).filter((name) => !Object.hasOwn(resourceOf(type).fields, name)).length,
  )
  return {
    type,
    id: context.ids.idFor(type, source.sourceId),
    patientId: patientIdOf(source, context.ids),
    fields: Object.fromEntries(released),
  }
}
