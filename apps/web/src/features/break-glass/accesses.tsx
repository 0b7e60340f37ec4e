import { Link } from '@tanstack/react-router'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Notice } from '../../components/notice.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { pathLabel, typeLabel } from '../../lib/fhir/labels.ts'
import { countOf, formatExact, sentence } from '../../lib/format.ts'
import type { Outputs } from '../../lib/trpc.ts'
import classes from './break-glass.module.css'

type Access = Outputs['breakGlass']['get']['accesses'][number]

const whatOf = ({ action, resourceType, count }: Access): string => {
  const type = resourceType === 'none' || resourceType === 'Patient' ? null : typeLabel(resourceType)
  const records = action.startsWith('record.') && count !== null ? countOf(count, 'record') : null
  return [sentence(action), type, records].filter((part) => part !== null).join(', ')
}

const COLUMNS: readonly Column<Access>[] = [
  {
    key: 'when',
    label: 'When',
    width: '9rem',
    cell: ({ at }) => <time dateTime={at}>{formatExact(at)}</time>,
  },
  {
    key: 'what',
    label: 'What',
    min: '12rem',
    always: true,
    cell: (access) => (
      <Link to="/audit" search={{ entry: access.id }}>
        {whatOf(access)}
      </Link>
    ),
  },
  {
    key: 'shown',
    label: 'Shown',
    cell: ({ classes: shown, fields, masked }) =>
      shown.length === 0 ? (
        <span className={classes.quiet}>–</span>
      ) : (
        <details>
          <summary>
            {shown.map(sentence).join(', ')}{' '}
            <span className={classes.quiet}>· {countOf(fields.length + masked.length, 'field')}</span>
          </summary>
          <ul>
            {[...fields, ...masked].map((path) => (
              <li key={path}>{pathLabel(path)}</li>
            ))}
          </ul>
        </details>
      ),
  },
  {
    key: 'ground',
    label: 'Reached by',
    width: '10rem',
    cell: ({ ground }) =>
      ground === 'break-glass' ? <StatusTag tone="bad">Break-glass</StatusTag> : sentence(ground),
  },
  { key: 'outcome', label: 'Outcome', width: '7rem', cell: ({ outcome }) => sentence(outcome) },
]

/** What its user did with the patient while it was open, as the audit log has it. */
export const Accesses = ({ accesses, cut }: { accesses: readonly Access[]; cut: boolean }) => (
  <>
    {cut ? <Notice tone="info">Only the latest are listed: the patient’s page has all.</Notice> : null}
    <DataTable
      caption="What was opened, newest first"
      columns={COLUMNS}
      rows={accesses}
      rowKey={({ id }) => id}
      empty={<EmptyState title="Nothing of the patient was opened" />}
    />
  </>
)
