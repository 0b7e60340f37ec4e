import { MOST_PEOPLE } from '@chartward/contract'
import { Button } from '@mantine/core'
import { lazyRouteComponent } from '@tanstack/react-router'
import { useState } from 'react'
import { Dialog } from '../../components/dialog.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { countOf } from '../../lib/format.ts'
import { client, type Inputs } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import classes from './users.module.css'

const BulkForm = lazyRouteComponent(() => import('./bulk-form.tsx'), 'BulkForm')

type Filters = Inputs['people']['matching']
type Act = Inputs['people']['preview']['change']['act']

interface Props {
  chosen: readonly string[]
  /** By which the list is filtered, and how many fit. */
  filters: Filters & { invite?: boolean | undefined }
  total: number
}

/** What can be done to the users that are selected: each act with its label. */
const ACTS = {
  'give-role': 'Give a role',
  'end-role': 'End a role',
  deactivate: 'Deactivate',
} as const satisfies Partial<Record<Act, string>>

export type BulkActName = keyof typeof ACTS
const NAMES = Object.keys(ACTS) as BulkActName[]

/**
 * Acts on the users that are selected, or on all that match: these are looked up by id first, and the act is
 * about exactly them.
 */
export const BulkActs = ({ chosen, filters, total }: Props) => {
  const [all, setAll] = useState<readonly string[] | null>(null)
  const [act, setAct] = useState<BulkActName | null>(null)
  const { invite: _, ...by } = filters
  const looked = useAct({
    mutationFn: (input: Filters) => client.people.matching.query(input),
    onDone: ({ people }) => setAll(people),
  })
  const people = all ?? chosen
  return (
    <>
      <span className={classes.acts}>
        <strong>
          {all === null
            ? `For the ${countOf(chosen.length, 'selected user')}:`
            : `For all ${countOf(all.length, 'user')} that match:`}
        </strong>
        {NAMES.map((name) => (
          <Button key={name} size="compact-xs" variant="default" onClick={() => setAct(name)}>
            {ACTS[name]}
          </Button>
        ))}
        {all === null && total > chosen.length && total <= MOST_PEOPLE ? (
          <Button size="compact-xs" variant="subtle" loading={looked.pending} onClick={() => looked.act(by)}>
            Act on all {countOf(total, 'user')} that match
          </Button>
        ) : null}
        {all === null ? null : (
          <Button size="compact-xs" variant="subtle" onClick={() => setAll(null)}>
            Only the selected
          </Button>
        )}
      </span>
      {looked.failure === null ? null : <FailureNotice failure={looked.failure} />}
      <Dialog
        opened={act !== null}
        onClose={() => setAct(null)}
        size="lg"
        title={act === null ? '' : `${ACTS[act]}: ${countOf(people.length, 'user')}`}
      >
        {act === null ? null : <BulkForm act={act} people={people} onClose={() => setAct(null)} />}
      </Dialog>
    </>
  )
}
