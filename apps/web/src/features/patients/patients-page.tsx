import { getRouteApi } from '@tanstack/react-router'
import { PageHeader } from '../../components/page-header.tsx'
import { useCan, useSession } from '../../lib/session/session.ts'
import { MyPatients } from './my-patients.tsx'
import { PatientSearch } from './patient-search.tsx'
import classes from './patients.module.css'

const route = getRouteApi('/patients')

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
      />
      <div className={classes.stack}>
        {can('vault:patient:search') ? (
          <PatientSearch
            by={by}
            byName={byName}
            onBy={(next) => void navigate({ search: (prev) => ({ ...prev, by: next }), replace: true })}
          />
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
      </div>
    </>
  )
}
