import { Link } from '@tanstack/react-router'
import type { Column } from '../../components/data-table.tsx'
import { FieldValue } from '../../components/fhir/field-value.tsx'
import { Labels, Meant, Withheld } from '../../components/fhir/meant.tsx'
import { Mrn, PatientName } from '../../components/patient-name.tsx'
import { When } from '../../components/when.tsx'
import { ageOn } from '../../lib/fhir/dates.ts'
import { objectsIn, textOf } from '../../lib/fhir/json.ts'
import { nameText } from '../../lib/fhir/text.ts'
import { sentence } from '../../lib/format.ts'
import { useNamesHidden } from '../../lib/hide-names.ts'
import { isMasked } from '../../lib/masked.ts'
import type { Outputs } from '../../lib/trpc.ts'
import classes from './patients.module.css'

export type PatientRow = Outputs['patients']['mine']['items'][number]

const none = <span className={classes.quiet}>Not permitted</span>

/** A missing field of a row was not granted or is not recorded; the list can't tell, the chart can. */
const absent = <span className={classes.quiet}>–</span>

/** By the family's name, as lists of people are; what is masked is in no order. */
const sortName = (name: unknown): string | null =>
  isMasked(name) ? null : `${textOf(objectsIn(name)[0]?.family) ?? ''} ${nameText(name) ?? ''}`

const today = () => new Date().toISOString().slice(0, 10)

const Name = ({ id, values, meaning, withheld }: PatientRow) => {
  const hidden = useNamesHidden()
  if (withheld) return <Withheld />
  if (isMasked(values.name) && !hidden)
    return (
      // The mask explains itself on focus, so it stands beside the link and not inside it.
      <span className={classes.maskedName}>
        <Meant meaning={meaning}>
          <FieldValue type="HumanName[]" value={values.name} />
        </Meant>
        <Labels meaning={meaning} />
        <Link to="/patients/$id" params={{ id }} className={classes.name}>
          Open
        </Link>
      </span>
    )
  return (
    <>
      <Link to="/patients/$id" params={{ id }} className={classes.name}>
        <Meant meaning={meaning}>
          <PatientName values={values} absent="Open the chart" />
        </Meant>
      </Link>{' '}
      <Labels meaning={meaning} />
    </>
  )
}

export const patientColumns: readonly Column<PatientRow>[] = [
  {
    key: 'name',
    label: 'Name',
    min: '12rem',
    always: true,
    sort: ({ values }) => sortName(values.name),
    cell: (row) => <Name {...row} />,
  },
  {
    key: 'mrn',
    label: 'MRN',
    width: '12rem',
    min: '7rem',
    cell: ({ values }) => (
      <span className={classes.mrn}>
        <Mrn values={values} absent={none} />
      </span>
    ),
  },
  {
    key: 'born',
    label: 'Born',
    width: '11rem',
    sort: ({ values }) => (typeof values.birthDate === 'string' ? values.birthDate : null),
    cell: ({ values }) => {
      const age = ageOn(values.birthDate, today())
      return (
        <>
          <FieldValue type="date" value={values.birthDate} absent={absent} />
          {age === null || values.deceasedDateTime !== undefined || values.deceased === true ? null : (
            <span className={classes.quiet}> · {age}</span>
          )}
        </>
      )
    },
  },
  {
    key: 'sex',
    label: 'Gender',
    width: '7rem',
    cell: ({ values }) => <FieldValue type="code" value={values.gender} absent={absent} />,
  },
  {
    key: 'why',
    label: 'Last contact',
    width: '13rem',
    sort: ({ relationship }) => relationship?.startsAt ?? null,
    cell: ({ relationship }) =>
      relationship === null ? (
        absent
      ) : (
        <>
          {sentence(relationship.kind)}
          <span className={classes.quiet}>
            {' '}
            · <When at={relationship.lastContact} />
          </span>
        </>
      ),
  },
]
