import { digitsOf, type Field, type ResourceType, resourceOf } from '@chartward/policy'
import type { Cell } from '../../shared/csv-line.ts'
import type { Code, DeidQuantity, DeidRecord, DeidValue } from '../record.ts'

/** A column of a resource type's file: its name, and what it shows of a record. */
export interface CsvColumn {
  readonly name: string
  readonly cell: (record: DeidRecord) => Cell
}

/**
 * Between the values of a list in one cell; no code, id or state holds it. Parallel columns keep the same
 * order.
 */
const LIST = ';'

type Part = readonly [suffix: string, cell: (value: DeidValue) => Cell]

const list = (values: readonly Cell[]): string => values.map((value) => value ?? '').join(LIST)

const codeList = (value: DeidValue, part: keyof Code): Cell =>
  value.kind === 'codes' ? list(value.concepts.flat().map((code) => code[part])) : null

const componentList = (
  value: DeidValue,
  cell: (item: { codes: readonly Code[]; quantity: DeidQuantity | null }) => Cell,
) => (value.kind === 'components' ? list(value.items.map(cell)) : null)

const CODES: readonly Part[] = [
  ['.system', (value) => codeList(value, 'system')],
  ['.code', (value) => codeList(value, 'code')],
]
/** A component is one entry in each of its columns: its first code stands for it. */
const COMPONENTS: readonly Part[] = [
  ['.system', (value) => componentList(value, ({ codes }) => codes[0]?.system ?? null)],
  ['.code', (value) => componentList(value, ({ codes }) => codes[0]?.code ?? null)],
  ['.comparator', (value) => componentList(value, ({ quantity }) => quantity?.comparator ?? null)],
  ['.value', (value) => componentList(value, ({ quantity }) => digitsOf(quantity?.value))],
  ['.unit', (value) => componentList(value, ({ quantity }) => quantity?.unit ?? null)],
]
const QUANTITY: readonly Part[] = [
  ['.comparator', (value) => (value.kind === 'quantity' ? value.comparator : null)],
  ['.value', (value) => (value.kind === 'quantity' ? digitsOf(value.value) : null)],
  ['.unit', (value) => (value.kind === 'quantity' ? value.unit : null)],
]
const MONEY: readonly Part[] = [
  ['.value', (value) => (value.kind === 'money' ? digitsOf(value.value) : null)],
  ['.currency', (value) => (value.kind === 'money' ? value.currency : null)],
]
const YEAR: readonly Part[] = [['.year', (value) => (value.kind === 'year' ? value.year : null)]]
const YEARS: readonly Part[] = [
  ['.startYear', (value) => (value.kind === 'years' ? value.start : null)],
  ['.endYear', (value) => (value.kind === 'years' ? value.end : null)],
]
const BIRTH: readonly Part[] = [
  [
    '.year',
    (value) => (value.kind === 'birth-year' ? value.year : value.kind === 'age-group' ? value.group : null),
  ],
]
const AREAS: readonly Part[] = [
  ['.state', (value) => (value.kind === 'areas' ? list(value.areas.map(({ state }) => state)) : null)],
  ['.zip3', (value) => (value.kind === 'areas' ? list(value.areas.map(({ zip3 }) => zip3)) : null)],
]
const REFERENCES: readonly Part[] = [
  ['.id', (value) => (value.kind === 'references' ? list(value.references.map(({ id }) => id)) : null)],
]
const SCALAR: readonly Part[] = [['', (value) => (value.kind === 'scalar' ? value.value : null)]]

const partsOf = (field: Field): readonly Part[] => {
  switch (field.safeHarbor) {
    case 'keep':
      return SCALAR
    case 'codes':
      return field.type === 'Component[]' ? COMPONENTS : CODES
    case 'quantity':
      return field.type === 'Money' ? MONEY : QUANTITY
    case 'year':
      return field.type === 'Period' ? YEARS : YEAR
    case 'birth-year':
      return BIRTH
    case 'state-zip3':
      return AREAS
    case 'fresh-id':
      return field.type === 'id' ? [] : REFERENCES
    case 'drop':
      return []
    default:
      return field.safeHarbor satisfies never
  }
}

/**
 * The fixed columns of a resource type: its id, its patient's id, then the released fields in the catalog's
 * order.
 */
export const csvColumns = (type: ResourceType): readonly CsvColumn[] => {
  const resource = resourceOf(type)
  const columns: CsvColumn[] = [{ name: 'id', cell: (record) => record.id }]
  if (resource.compartment === 'patient' && type !== 'Patient')
    columns.push({ name: 'patient.id', cell: (record) => record.patientId })
  for (const [name, field] of Object.entries(resource.fields))
    for (const [suffix, cell] of partsOf(field))
      columns.push({
        name: `${name}${suffix}`,
        cell: (record) => {
          const value = record.fields[name]
          return value === undefined ? null : cell(value)
        },
      })
  return columns
}
