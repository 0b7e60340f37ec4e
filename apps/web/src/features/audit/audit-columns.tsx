import type { Column } from '../../components/data-table.tsx'
import { OpenButton } from '../../components/open-button.tsx'
import { ShortId } from '../../components/short-id.tsx'
import { When } from '../../components/when.tsx'
import { actorName } from '../../lib/actor-name.ts'
import { typeLabel } from '../../lib/fhir/labels.ts'
import { formatCount } from '../../lib/format.ts'
import type { Outputs } from '../../lib/trpc.ts'
import { actionLabel } from './action-label.ts'
import classes from './audit.module.css'
import { OutcomeTag } from './outcome.tsx'

export type AuditRow = Outputs['audit']['search']['items'][number]

/** "Condition of patient", "User"; null for what is about nothing in particular, like a landing page. */
const objectText = ({ resourceType, patientId }: Pick<AuditRow, 'resourceType' | 'patientId'>) => {
  if (resourceType === 'none') return patientId === null ? null : 'Patient'
  const label = typeLabel(resourceType)
  return patientId === null || resourceType === 'Patient' ? label : `${label} of patient`
}

/** Sorted by time alone: to another order no index leads, and a part of the log would pass for the whole. */
export const auditColumns = (open: (id: string) => void): readonly Column<AuditRow>[] => [
  { key: 'when', label: 'When', width: '9rem', sort: true, cell: ({ at }) => <When at={at} /> },
  {
    key: 'who',
    label: 'Who',
    width: '12rem',
    min: '7rem',
    cell: ({ actor }) => actorName(actor),
  },
  {
    key: 'what',
    label: 'What',
    min: '10rem',
    always: true,
    cell: ({ id, action, count }) => (
      <>
        <OpenButton onClick={() => open(id)}>{actionLabel(action)}</OpenButton>
        {count === null ? null : <span className={classes.quiet}> · {formatCount(count)}</span>}
      </>
    ),
  },
  {
    key: 'outcome',
    label: 'Outcome',
    width: '7rem',
    cell: ({ outcome }) => <OutcomeTag said={outcome} />,
  },
  {
    key: 'object',
    label: 'On',
    width: '15rem',
    min: '8rem',
    cell: ({ resourceType, resourceId, patientId }) => (
      <>
        {objectText({ resourceType, patientId }) ?? <span className={classes.quiet}>–</span>}{' '}
        {patientId !== null ? (
          <ShortId id={patientId} of="patient id" />
        ) : resourceId !== null ? (
          <ShortId id={resourceId} of="id" />
        ) : null}
      </>
    ),
  },
  {
    key: 'ip',
    label: 'From',
    width: '8rem',
    cell: ({ ip }) => ip ?? <span className={classes.quiet}>–</span>,
  },
  {
    key: 'index',
    label: 'Leaf',
    numeric: true,
    width: '5rem',
    cell: ({ index }) =>
      index === null ? <span title="Signed within seconds">soon</span> : formatCount(index),
  },
]
