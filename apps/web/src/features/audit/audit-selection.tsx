import { Button, CopyButton } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import type { Selection } from '../../components/table/bulk.tsx'
import { actorName } from '../../lib/actor-name.ts'
import { countOf, formatExact } from '../../lib/format.ts'
import { actionLabel } from './action-label.ts'
import type { AuditRow } from './audit-columns.tsx'

const idsOf = (rows: readonly AuditRow[]): string => rows.map(({ id }) => id).join('\n')

/** Entries are selected to be cited: their ids, one a line, are what an auditor asks for. */
export const ENTRIES: Selection<AuditRow> = {
  noun: ['entry', 'entries'],
  label: ({ action, actor, at }) => `${actionLabel(action)}, ${actorName(actor)}, ${formatExact(at)}`,
  act: (rows) => (
    <CopyButton value={idsOf(rows)}>
      {({ copied, copy }) => (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          onClick={copy}
        >
          {copied ? 'Copied' : `Copy ${countOf(rows.length, 'id')}`}
        </Button>
      )}
    </CopyButton>
  ),
}
