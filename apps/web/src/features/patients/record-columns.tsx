import { dateFields, titleFields } from '@chartward/fhir/show'
import { type ResourceType, resourceOf } from '@chartward/policy'
import type { ReactNode } from 'react'
import type { Column } from '../../components/data-table.tsx'
import { FieldValue } from '../../components/fhir/field-value.tsx'
import { Labels, Meant, MeantValue, Withheld } from '../../components/fhir/meant.tsx'
import { OpenButton } from '../../components/open-button.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { isObject } from '../../lib/fhir/json.ts'
import { fieldLabel, typeLabel } from '../../lib/fhir/labels.ts'
import { namedValue } from '../../lib/fhir/names.ts'
import { valueName, valueText } from '../../lib/fhir/observed.ts'
import { plainWords } from '../../lib/fhir/plain.ts'
import { isMasked } from '../../lib/masked.ts'
import type { Outputs } from '../../lib/trpc.ts'
import classes from './patients.module.css'

export type RecordRow = Outputs['records']['list']['items'][number]

/** Beside date and title, what a reader wants to see of each type at a glance; the rest is in the drawer. */
const GLANCE: Partial<Record<ResourceType, readonly string[]>> = {
  Condition: ['clinicalStatus', 'abatementDateTime'],
  AllergyIntolerance: ['clinicalStatus', 'criticality'],
  CarePlan: ['status', 'title'],
  Goal: ['lifecycleStatus', 'achievementStatus'],
  Encounter: ['class', 'reasonCode', 'serviceProvider'],
  Procedure: ['status', 'reasonCode'],
  Appointment: ['status', 'reasonCode'],
  ServiceRequest: ['status', 'intent'],
  MedicationRequest: ['status', 'reasonCode'],
  MedicationStatement: ['status', 'reasonCode'],
  MedicationDispense: ['status', 'quantity'],
  MedicationAdministration: ['status'],
  Flag: ['status', 'category'],
  FamilyMemberHistory: ['condition', 'status'],
  Task: ['status', 'intent'],
  CareTeam: ['status', 'participant'],
  Specimen: ['status'],
  Device: ['status', 'lotNumber'],
  Composition: ['status'],
  QuestionnaireResponse: ['status'],
  Consent: ['status', 'category'],
  ClaimResponse: ['status', 'outcome'],
  Immunization: ['status', 'lotNumber'],
  DiagnosticReport: ['status', 'conclusion'],
  ImagingStudy: ['status', 'numberOfSeries'],
  DocumentReference: ['status', 'category'],
  Coverage: ['status', 'payor'],
  Claim: ['status', 'total'],
  ExplanationOfBenefit: ['status', 'outcome', 'insurer'],
}

const NUMERIC: ReadonlySet<string> = new Set(['Money', 'Quantity', 'integer'])

const fieldType = (type: ResourceType, name: string): string =>
  resourceOf(type).fields[name]?.type ?? 'Complex'

const none = <span className={classes.quiet}>–</span>

/** An observation's value, whichever datatype it has, its parts, or why there is none. */
const observed = ({ values }: RecordRow): ReactNode => {
  const name = valueName(values) ?? (values.component === undefined ? null : 'component')
  if (name !== null && (name === 'component' || isMasked(values[name])))
    return <FieldValue type={fieldType('Observation', name)} value={values[name]} about={values.code} />
  return valueText(values) ?? (name === null ? none : <FieldValue type="Complex" value={values[name]} />)
}

/** The field that a record's own date stands in. */
const dated = (type: ResourceType, { values }: RecordRow): string | null =>
  dateFields(type).find((name) => values[name] !== undefined) ?? null

/** When a record begins, in milliseconds; null where that is not said, or not shown. */
const moment = (type: ResourceType, row: RecordRow): number | null => {
  const value = row.values[dated(type, row) ?? '']
  const from = isObject(value) ? value.start : value
  const at = typeof from === 'string' ? Date.parse(from) : Number.NaN
  return Number.isNaN(at) ? null : at
}

const When = ({ type, row }: { type: ResourceType; row: RecordRow }) => {
  const name = dated(type, row)
  return name === null ? (
    none
  ) : (
    <FieldValue type={fieldType(type, name)} value={row.values[name]} absent={none} />
  )
}

/** The columns of one type's list, derived from the catalog: when, what, and a few more. */
export const recordColumns = (
  type: ResourceType,
  open: (row: RecordRow) => void,
): readonly Column<RecordRow>[] => {
  return [
    ...(dateFields(type).length === 0
      ? []
      : [
          {
            key: 'when',
            label: 'When',
            width: '14.5rem',
            min: '7rem',
            sort: (row: RecordRow) => moment(type, row),
            cell: (row: RecordRow) => <When type={type} row={row} />,
          },
        ]),
    {
      key: 'what',
      label: 'What',
      min: '12rem',
      always: true,
      sort: ({ title }) => title,
      cell: (row) => (
        <>
          <Title type={type} row={row} open={open} /> <Labels meaning={row.meaning} />{' '}
          {row.untrusted ? <StatusTag tone="warn">Untrusted source</StatusTag> : null}
        </>
      ),
    },
    ...(type === 'Observation'
      ? [
          {
            key: 'value',
            label: 'Value',
            numeric: true,
            width: '18rem',
            min: '8rem',
            cell: (row: RecordRow) => <MeantValue meaning={row.meaning}>{observed(row)}</MeantValue>,
          },
        ]
      : (GLANCE[type] ?? []).map((name) => ({
          key: name,
          label: fieldLabel(name),
          width: '11rem',
          min: '7rem',
          numeric: NUMERIC.has(fieldType(type, name)),
          // A state is one word, and stays one.
          ...(fieldType(type, name) === 'code' ? { width: '7rem' } : {}),
          cell: (row: RecordRow) =>
            row.values[name] === undefined ? (
              none
            ) : (
              <MeantValue meaning={row.meaning}>
                <FieldValue type={fieldType(type, name)} value={namedValue(row, name)} absent={none} />
              </MeantValue>
            ),
        }))),
  ]
}

interface TitleProps {
  type: ResourceType
  row: RecordRow
  open: (row: RecordRow) => void
}

/** What the record is about, as the button that opens it. A mask takes the focus, so it stands beside. */
const Title = ({ type, row, open }: TitleProps) => {
  if (row.withheld) return <Withheld />
  const masked = titleFields(type).find((name) => isMasked(row.values[name]))
  return (
    <>
      {row.title === null && masked !== undefined ? (
        <>
          <FieldValue type={fieldType(type, masked)} value={row.values[masked]} />{' '}
        </>
      ) : null}
      <OpenButton onClick={() => open(row)}>
        <Meant meaning={row.meaning}>
          {row.title === null ? `Open this ${typeLabel(type).toLowerCase()}` : plainWords(row.title)}
        </Meant>
      </OpenButton>
    </>
  )
}
