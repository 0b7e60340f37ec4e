import type { Fact } from '../../components/facts.tsx'
import { FieldValue } from '../../components/fhir/field-value.tsx'
import { Structure } from '../../components/fhir/structure.tsx'
import { fieldsOf } from '../../lib/fhir/catalog-fields.ts'
import { fieldLabel } from '../../lib/fhir/labels.ts'
import { namedValue } from '../../lib/fhir/names.ts'
import type { RecordRow } from './record-columns.tsx'

/** Of use to software alone. */
const LEFT_OUT: ReadonlySet<string> = new Set(['meta', 'id'])

/** What the reader is shown of a record's fields, in the catalog's order; with `all`, former values too. */
export const fieldFacts = (
  record: Pick<RecordRow, 'type' | 'values' | 'names'>,
  { all = false }: { readonly all?: boolean } = {},
): Fact[] =>
  fieldsOf(record.type)
    .filter(({ name }) => record.values[name] !== undefined && !LEFT_OUT.has(name))
    .map(({ name, type }) => [
      fieldLabel(name),
      <FieldValue
        key={name}
        type={type}
        value={namedValue(record, name)}
        all={all}
        about={record.values.code}
      />,
    ])

/** What no field is declared for, as far as words can be made of it: of one's own record alone. */
export const restFacts = (rest: Readonly<Record<string, unknown>> | null): Fact[] =>
  Object.entries(rest ?? {}).map(([name, value]) => [
    fieldLabel(name),
    <Structure key={name} value={value} />,
  ])
