import { type ResourceType, resourceOf } from '@chartward/policy'
import type { ReactNode } from 'react'
import type { Column } from '../../components/data-table.tsx'
import { FieldValue } from '../../components/fhir/field-value.tsx'
import { OpenButton } from '../../components/open-button.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { fieldLabel } from '../../lib/fhir/labels.ts'
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
  Immunization: ['status'],
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

/** An observation's value is under one of several names, after its datatype. */
const OBSERVED = [
  'valueQuantity',
  'valueCodeableConcept',
  'valueString',
  'valueBoolean',
  'valueInteger',
  'component',
]

const none = <span className={classes.quiet}>–</span>

const observed = ({ values }: RecordRow): ReactNode => {
  const name = OBSERVED.find((one) => values[one] !== undefined)
  return name === undefined ? (
    none
  ) : (
    <FieldValue type={fieldType('Observation', name)} value={values[name]} about={values.code} />
  )
}

/** The columns of one type's list, derived from the catalog: when, what, and a few more. */
export const recordColumns = (
  type: ResourceType,
  open: (row: RecordRow) => void,
): readonly Column<RecordRow>[] => {
  const { occurred, title } = resourceOf(type)
  return [
    ...(occurred === null
      ? []
      : [
          {
            key: 'when',
            label: 'When',
            width: '15rem',
            cell: ({ values }: RecordRow) => (
              <FieldValue type={fieldType(type, occurred)} value={values[occurred]} absent={none} />
            ),
          },
        ]),
    {
      key: 'what',
      label: 'What',
      cell: (row) => (
        <>
          <Title type={type} name={title} row={row} open={open} />{' '}
          {row.untrusted ? <StatusTag tone="warn">Untrusted source</StatusTag> : null}
        </>
      ),
    },
    ...(type === 'Observation'
      ? [{ key: 'value', label: 'Value', numeric: true, width: '18rem', cell: observed }]
      : (GLANCE[type] ?? []).map((name) => ({
          key: name,
          label: fieldLabel(name),
          numeric: NUMERIC.has(fieldType(type, name)),
          cell: ({ values }: RecordRow) => (
            <FieldValue type={fieldType(type, name)} value={values[name]} absent={none} />
          ),
        }))),
  ]
}

interface TitleProps {
  type: ResourceType
  name: string | null
  row: RecordRow
  open: (row: RecordRow) => void
}

/** What the record is about, as the button that opens it. A mask takes the focus, so it stands beside. */
const Title = ({ type, name, row, open }: TitleProps) => {
  const value = name === null ? undefined : row.values[name]
  const shown =
    name === null ? 'Open' : <FieldValue type={fieldType(type, name)} value={value} absent="Open" />
  return (
    <>
      {isMasked(value) ? <>{shown} </> : null}
      <OpenButton onClick={() => open(row)}>{isMasked(value) ? 'Open' : shown}</OpenButton>
    </>
  )
}
