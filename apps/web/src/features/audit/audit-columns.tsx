import type { Column } from '../../components/data-table.tsx'
import { OpenButton } from '../../components/open-button.tsx'
import { When } from '../../components/when.tsx'
import { typeLabel } from '../../lib/fhir/labels.ts'
import { formatCount, shortId } from '../../lib/format.ts'
import type { Outputs } from '../../lib/trpc.ts'
import { actionLabel } from './action-label.ts'
import classes from './audit.module.css'
import { OutcomeTag } from './outcome.tsx'

export type AuditRow = Outputs['audit']['search']['items'][number]

/** Sorted by time alone: to another order no index leads, and a part of the log would pass for the whole. */
export const auditColumns = (open: (id: string) => void): readonly Column<AuditRow>[] => [
  { key: 'when', label: 'When', width: '9rem', sort: true, cell: ({ at }) => <When at={at} /> },
  {
    key: 'who',
    label: 'Who',
    width: '12rem',
    min: '7rem',
    cell: ({ actor }) => actor.name,
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
        {typeLabel(resourceType)}{' '}
        {patientId !== null ? (
          <code className={classes.id} title={patientId}>
            patient {shortId(patientId)}
          </code>
        ) : resourceId !== null ? (
          <code className={classes.id} title={resourceId}>
            {shortId(resourceId)}
          </code>
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
