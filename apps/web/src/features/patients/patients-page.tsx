import { Skeleton } from '@mantine/core'
import { getRouteApi, lazyRouteComponent } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { LinkButton } from '../../components/link-button.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { useCan, useSession } from '../../lib/session/session.ts'
import { FIND_IN_EMERGENCY } from './emergency/actions.ts'
import { MyPatients } from './my-patients.tsx'
import classes from './patients.module.css'

const route = getRouteApi('/patients')

// Whoever comes for their own patients does not wait for it; its place is held.
const loading = import('./patient-search.tsx')
const PatientSearch = lazy(() => loading)
const CoverPanel = lazyRouteComponent(() => import('../../components/cover/cover-panel.tsx'), 'CoverPanel')

export const PatientsPage = () => {
  const can = useCan()
  const mine = can('vault:patient:list')
  const { searchable } = useSession()
  const byName = searchable.includes('Patient.name')
  // Someone without patients of their own comes with a number in hand.
  const { by: wanted = mine ? 'name' : 'mrn', order = 'last-contact' } = route.useSearch()
  const by = byName ? wanted : 'mrn'
  const navigate = route.useNavigate()
  return (
    <>
      <PageHeader
        title="Patients"
        windowTitle="Patients"
        lead="You see what your roles permit. Each search and each chart you open is logged."
        actions={
          can(FIND_IN_EMERGENCY.needs) ? (
            <LinkButton to="/emergency" variant="default">
              {FIND_IN_EMERGENCY.label}
            </LinkButton>
          ) : undefined
        }
      />
      <div className={classes.stack}>
        {can('vault:patient:search') ? (
          <Suspense
            fallback={<Skeleton className={(byName ? classes.searchByName : classes.searchByNumber) ?? ''} />}
          >
            <PatientSearch
              by={by}
              byName={byName}
              onBy={(next) => void navigate({ search: (prev) => ({ ...prev, by: next }), replace: true })}
            />
          </Suspense>
        ) : null}
        {mine ? (
          <MyPatients
            order={order}
            onOrder={(next) =>
              void navigate({
                search: (prev) => ({ ...prev, order: next }),
                replace: true,
                resetScroll: false,
              })
            }
          />
        ) : null}
        {mine && can('care:cover:list') ? (
          <Suspense fallback={<Skeleton height={160} />}>
            <CoverPanel />
          </Suspense>
        ) : null}
      </div>
    </>
  )
}
