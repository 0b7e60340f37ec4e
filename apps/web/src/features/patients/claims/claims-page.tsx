import { Skeleton } from '@mantine/core'
import { useCallbackRef } from '@mantine/hooks'
import { getRouteApi, lazyRouteComponent } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { FailureNotice } from '../../../components/failure-notice.tsx'
import { PageHeader } from '../../../components/page-header.tsx'
import { Panel } from '../../../components/panel.tsx'
import { NamesSwitch } from '../../../components/patient-name.tsx'
import { stepsOf } from '../../../components/steps.ts'
import { ALONE, type Neighbours } from '../../../components/table/neighbours.ts'
import { useBeside } from '../../../lib/history/use-beside.ts'
import { client, type Inputs } from '../../../lib/trpc.ts'
import { useAct } from '../../../lib/use-act.ts'
import { ClaimForm } from './claim-form.tsx'
import type { FoundClaim } from './claim-words.ts'
import classes from './claims.module.css'
import { NOTHING_TYPED, type Typed, useClaimsMemory } from './claims-memory.ts'

const route = getRouteApi('/claims')

// The form comes first; what it finds, and what is opened of it, is there by then.
const loading = import('./claim-hits.tsx')
const ClaimHits = lazy(() => loading)
const RecordDrawer = lazyRouteComponent(() => import('../record-drawer.tsx'), 'RecordDrawer')

/**
 * Finds claims across patients. What is typed is about a patient: it lives in this tab's memory alone, never
 * in the URL, the window's title, storage or a query key.
 */
export const ClaimsPage = () => {
  const { last, keep } = useClaimsMemory()
  const { patient, record } = route.useSearch()
  const navigate = route.useNavigate()
  const [near, setNear] = useState<Neighbours<FoundClaim>>(ALONE)
  const { act, pending, failure, result } = useAct({
    mutationFn: ({ input }: { input: Inputs['claims']['search']; typed: Typed }) =>
      client.claims.search.query(input),
    onDone: (found, { typed }) => keep({ typed, result: found }),
  })
  const found = result ?? (pending || failure !== null ? undefined : last?.result)
  const beside = useBeside(record !== undefined)
  const go = (patientId: string, id: string) =>
    void navigate({ search: (prev) => ({ ...prev, patient: patientId, record: id }), ...beside.opening })
  // One function for as long as the list is there: a row that is opened draws no other anew.
  const open = useCallbackRef((row: FoundClaim) => go(row.patient.id, row.claim.id))
  const close = () =>
    beside.close(() =>
      navigate({
        search: (prev) => ({ ...prev, patient: undefined, record: undefined }),
        replace: true,
        resetScroll: false,
      }),
    )
  return (
    <>
      <PageHeader
        title="Claims"
        windowTitle="Claims"
        lead="Finds claims and what payers explained of them. Each search and each claim you open is logged."
        actions={<NamesSwitch />}
      />
      <div className={classes.stack}>
        <Panel title="Find a claim">
          <ClaimForm
            start={last?.typed ?? NOTHING_TYPED}
            pending={pending}
            failure={failure}
            onSearch={(input, typed) => act({ input, typed })}
          >
            {(refused) => (failure === null || refused ? null : <FailureNotice failure={failure} />)}
          </ClaimForm>
        </Panel>
        <div aria-live="polite" className={classes.stack}>
          {found === undefined ? null : (
            <Suspense fallback={<Skeleton height={320} />}>
              <ClaimHits found={found} record={record} open={open} onNeighbours={setNear} />
            </Suspense>
          )}
        </div>
      </div>
      <Suspense fallback={null}>
        <RecordDrawer
          patientId={patient ?? ''}
          id={patient === undefined ? null : (record ?? null)}
          loaded={undefined}
          listed
          onClose={close}
          onOpen={(id) => go(patient ?? '', id)}
          steps={stepsOf(near, open)}
        />
      </Suspense>
    </>
  )
}
