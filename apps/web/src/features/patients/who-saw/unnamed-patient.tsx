import { Skeleton } from '@mantine/core'
import { lazy, Suspense } from 'react'
import { BackLink } from '../../../components/back-link.tsx'
import { FailureNotice } from '../../../components/failure-notice.tsx'
import { PageHeader } from '../../../components/page-header.tsx'
import type { Failure } from '../../../lib/errors.ts'
import { useCan } from '../../../lib/session/session.ts'
import { CareTeam } from '../care-team.tsx'
import classes from './who-saw.module.css'
import WhoSaw from './who-saw.tsx'

const Destruction = lazy(() => import('../destruction/destruction.tsx'))
const PatientAccount = lazy(() => import('../account/patient-account.tsx'))

/**
 * A patient whose own record the reader's roles don't open (its source has labelled it), or nobody opens any
 * more, since its keys were destroyed: who treats them, who saw them, their account and the destruction are
 * overseen all the same.
 */
const UnnamedPatient = ({ patientId, failure }: { patientId: string; failure: Failure }) => {
  const can = useCan()
  return (
    <>
      <BackLink to="/patients">All patients</BackLink>
      <PageHeader title="Patient" windowTitle="Patient" />
      <div className={classes.stack}>
        <FailureNotice failure={failure} />
        {can('vault:shred:read') ? (
          <Suspense fallback={<Skeleton height={160} />}>
            <Destruction patientId={patientId} />
          </Suspense>
        ) : null}
        {can('care:relationship:list') ? <CareTeam patientId={patientId} /> : null}
        {can('audit:access:list') ? <WhoSaw patientId={patientId} /> : null}
        {can('account:patient:read') ? (
          <Suspense fallback={<Skeleton height={160} />}>
            <PatientAccount patientId={patientId} />
          </Suspense>
        ) : null}
      </div>
    </>
  )
}

/** Loaded when it is first needed. */
export default UnnamedPatient
