import { claimTotal, dateOf } from '@chartward/fhir/show'
import { numberOf } from '@chartward/policy'
import { Link } from '@tanstack/react-router'
import type { Column } from '../../../components/data-table.tsx'
import { Meant, MeantValue, Withheld } from '../../../components/fhir/meant.tsx'
import { OpenButton } from '../../../components/open-button.tsx'
import { Mrn, PatientName } from '../../../components/patient-name.tsx'
import { StatusTag, type TagTone } from '../../../components/status-tag.tsx'
import { typeLabel } from '../../../lib/fhir/labels.ts'
import {
  type FoundClaim,
  numberText,
  paidText,
  serviceText,
  stateText,
  totalText,
  whatForText,
} from './claim-words.ts'
import classes from './claims.module.css'

const none = <span className={classes.quiet}>–</span>

const TONES: Readonly<Record<string, TagTone>> = {
  active: 'info',
  draft: 'quiet',
  cancelled: 'warn',
  'entered-in-error': 'bad',
}

const Patient = ({ patient: { id, values, withheld } }: FoundClaim) => (
  <>
    {withheld ? <Withheld /> : <PatientName values={values} absent={none} />}
    <Link to="/patients/$id" params={{ id }} className={classes.second}>
      MRN <Mrn values={values} absent="not permitted" />
    </Link>
  </>
)

/** What tells one claim from another at a glance; the rest is in the record. */
export const claimColumns = (open: (row: FoundClaim) => void): readonly Column<FoundClaim>[] => [
  {
    key: 'number',
    label: 'Claim number',
    width: '11rem',
    min: '8.5rem',
    always: true,
    sort: ({ claim }) => numberText(claim),
    cell: (row) => (
      <>
        <OpenButton onClick={() => open(row)}>
          <Meant meaning={row.claim.meaning}>{numberText(row.claim) ?? 'Without a number'}</Meant>
        </OpenButton>
        {row.claim.type === 'Claim' ? null : (
          <span className={classes.second}>{typeLabel(row.claim.type)}</span>
        )}
        {row.claim.untrusted ? <StatusTag tone="warn">Untrusted source</StatusTag> : null}
      </>
    ),
  },
  {
    key: 'patient',
    label: 'Patient',
    width: '9rem',
    min: '7rem',
    cell: (row) => <Patient {...row} />,
  },
  {
    key: 'payer',
    label: 'Payer',
    min: '7rem',
    sort: ({ claim }) => claim.payer,
    cell: ({ claim }) => claim.payer ?? none,
  },
  {
    key: 'service',
    label: 'Service',
    width: '8.5rem',
    min: '6.5rem',
    sort: ({ claim }) => dateOf(claim.type, claim.values)?.value ?? null,
    cell: ({ claim }) => serviceText(claim) ?? none,
  },
  {
    key: 'for',
    label: 'What for',
    min: '8rem',
    cell: ({ claim }) => whatForText(claim) ?? none,
  },
  {
    key: 'total',
    label: 'Total',
    numeric: true,
    width: '7rem',
    min: '5.5rem',
    sort: ({ claim }) => numberOf(claimTotal(claim.type, claim.values)?.value),
    cell: ({ claim }) => <MeantValue meaning={claim.meaning}>{totalText(claim) ?? none}</MeantValue>,
  },
  {
    key: 'state',
    label: 'State',
    width: '9rem',
    min: '6.5rem',
    sort: ({ claim }) => stateText(claim),
    cell: ({ claim }) => (
      <StatusTag tone={TONES[String(claim.values.status)] ?? 'quiet'}>
        {stateText(claim) || 'Not said'}
      </StatusTag>
    ),
  },
  {
    key: 'paid',
    label: 'Paid',
    numeric: true,
    width: '8rem',
    min: '5.5rem',
    cell: (row) => paidText(row),
  },
]
