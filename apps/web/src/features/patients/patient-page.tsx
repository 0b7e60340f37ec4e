import { Button, Skeleton, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, lazyRouteComponent } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { BackLink } from '../../components/back-link.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { FieldValue } from '../../components/fhir/field-value.tsx'
import { Meant } from '../../components/fhir/meant.tsx'
import { LinkButton } from '../../components/link-button.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Mrn, NamesSwitch, PatientName } from '../../components/patient-name.tsx'
import { type Failure, failureOf } from '../../lib/errors.ts'
import { ageOn } from '../../lib/fhir/dates.ts'
import { formatCount } from '../../lib/format.ts'
import { useCan, useSession } from '../../lib/session/session.ts'
import { type Outputs, PHI, trpc } from '../../lib/trpc.ts'
import { ChartNotices } from './chart-notices.tsx'
import { BreakGlassDialog } from './emergency/break-glass-dialog.tsx'
import { countIn, groupsFor } from './groups.ts'
import { Identity } from './identity.tsx'
import { Overview } from './overview.tsx'
import classes from './patients.module.css'

type Patient = Outputs['patients']['get']

const route = getRouteApi('/patients/$id')

// The overview is what is opened first: lists wait until they are gone to.
const Records = lazyRouteComponent(() => import('./records.tsx'), 'Records')
const CareTeam = lazyRouteComponent(() => import('./care-team.tsx'), 'CareTeam')
// For whoever oversees: no chart of somebody who treats the patient waits for it.
const WhoSaw = lazy(() => import('./who-saw/who-saw.tsx'))
const WhoCan = lazy(() => import('./who-can/who-can.tsx'))
const WhoSawMe = lazy(() => import('./own/who-saw-me.tsx'))
const PatientAccount = lazy(() => import('./account/patient-account.tsx'))
const Destruction = lazy(() => import('./destruction/destruction.tsx'))
const UnnamedPatient = lazy(() => import('./who-saw/unnamed-patient.tsx'))

export const PatientPage = () => {
  const { id } = route.useParams()
  const { tab = 'overview' } = route.useSearch()
  const navigate = route.useNavigate()
  const can = useCan()
  const { data: patient, error, refetch } = useQuery({ ...trpc.patients.get.queryOptions({ id }), ...PHI })

  const overseen = can('audit:access:list')
  const own = useSession().user.patientId === id
  const isBroken = useSession().breakGlass.open.some(({ patientId }) => patientId === id)

  if (error !== null && patient === undefined) {
    const failure = failureOf(error)
    const isOverseen = overseen || can('account:patient:read')
    return isOverseen && (failure.code === 'FORBIDDEN' || failure.code === 'DESTROYED') ? (
      <Suspense fallback={<Skeleton height={320} />}>
        <UnnamedPatient patientId={id} failure={failure} />
      </Suspense>
    ) : (
      <Refused patientId={id} own={own} failure={failure} onRetry={() => void refetch()} />
    )
  }
  // Nothing under the heading is there before the patient is: each of it would move what comes after.
  if (patient === undefined)
    return (
      <>
        {own ? null : <BackLink to="/patients">All patients</BackLink>}
        <PageHeader title={undefined} windowTitle={own ? 'My record' : 'Patient'}>
          <Skeleton height={16} width={360} maw="100%" mt={8} />
        </PageHeader>
        <Skeleton height={520} />
      </>
    )
  const groups = can('vault:record:list') ? groupsFor(patient.counts) : []
  const tabs = [
    'overview',
    ...groups.map(({ key }) => key),
    ...['care-team', 'who-saw', 'who-can', 'who-saw-me', 'account', 'destruction'],
  ]
  const current = tabs.includes(tab) ? tab : 'overview'

  return (
    <>
      {own ? null : <BackLink to="/patients">All patients</BackLink>}
      <PageHeader
        title={
          <Meant meaning={patient.meaning}>
            <PatientName values={patient.values} absent="Patient" />
          </Meant>
        }
        windowTitle={own ? 'My record' : 'Patient'}
        actions={
          <>
            {own && can('self:record:export') ? (
              <LinkButton to="/patients/$id/whole" params={{ id }} variant="default">
                Print or download all of it
              </LinkButton>
            ) : null}
            <NamesSwitch />
          </>
        }
      >
        <Vitals values={patient.values} />
      </PageHeader>
      {isBroken ? (
        <div className={classes.glass}>
          <Notice tone="bad" title="You are in this chart by break-glass">
            This patient is not in your care. The privacy officer has been told, and sees each record that you
            open.
          </Notice>
        </div>
      ) : null}
      <ChartNotices patient={patient} />
      <Tabs
        value={current}
        onChange={(value) =>
          void navigate({ search: value === null || value === 'overview' ? {} : { tab: value } })
        }
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="overview">Overview</Tabs.Tab>
          {groups.map((group) => (
            <Tabs.Tab key={group.key} value={group.key}>
              {group.label}{' '}
              <span className={classes.number}>{formatCount(countIn(group, patient.counts))}</span>
            </Tabs.Tab>
          ))}
          {can('care:relationship:list') ? <Tabs.Tab value="care-team">Care team</Tabs.Tab> : null}
          {overseen ? <Tabs.Tab value="who-saw">Who saw this patient</Tabs.Tab> : null}
          {can('access:patient:explain') ? <Tabs.Tab value="who-can">Who can see</Tabs.Tab> : null}
          {own && can('self:access:list') ? <Tabs.Tab value="who-saw-me">Who saw my record</Tabs.Tab> : null}
          {can('account:patient:read') ? <Tabs.Tab value="account">Account</Tabs.Tab> : null}
          {can('vault:shred:read') ? <Tabs.Tab value="destruction">Holds and destruction</Tabs.Tab> : null}
        </Tabs.List>
        <Tabs.Panel value="overview" pt="md">
          {can('vault:record:list') ? (
            <Overview patientId={id}>
              <Identity values={patient.values} names={patient.names} rest={patient.rest} />
            </Overview>
          ) : (
            <Identity values={patient.values} names={patient.names} rest={patient.rest} />
          )}
        </Tabs.Panel>
        {groups.map((group) => (
          <Tabs.Panel key={group.key} value={group.key} pt="md">
            <Suspense fallback={<Skeleton height={480} />}>
              <Records patientId={id} group={group} counts={patient.counts} />
            </Suspense>
          </Tabs.Panel>
        ))}
        {can('care:relationship:list') ? (
          <Tabs.Panel value="care-team" pt="md">
            <Suspense fallback={<Skeleton height={240} />}>
              <CareTeam patientId={id} />
            </Suspense>
          </Tabs.Panel>
        ) : null}
        {overseen ? (
          <Tabs.Panel value="who-saw" pt="md">
            <Suspense fallback={<Skeleton height={320} />}>
              <WhoSaw patientId={id} />
            </Suspense>
          </Tabs.Panel>
        ) : null}
        {can('access:patient:explain') ? (
          <Tabs.Panel value="who-can" pt="md">
            <Suspense fallback={<Skeleton height={320} />}>
              <WhoCan patientId={id} />
            </Suspense>
          </Tabs.Panel>
        ) : null}
        {own && can('self:access:list') ? (
          <Tabs.Panel value="who-saw-me" pt="md">
            <Suspense fallback={<Skeleton height={320} />}>
              <WhoSawMe patientId={id} />
            </Suspense>
          </Tabs.Panel>
        ) : null}
        {can('account:patient:read') ? (
          <Tabs.Panel value="account" pt="md">
            <Suspense fallback={<Skeleton height={240} />}>
              <PatientAccount patientId={id} />
            </Suspense>
          </Tabs.Panel>
        ) : null}
        {can('vault:shred:read') ? (
          <Tabs.Panel value="destruction" pt="md">
            <Suspense fallback={<Skeleton height={320} />}>
              <Destruction patientId={id} />
            </Suspense>
          </Tabs.Panel>
        ) : null}
      </Tabs>
    </>
  )
}

/** What tells one patient from another of the same name, under the heading of every tab. */
const Vitals = ({ values }: { values: Patient['values'] }) => {
  const age = ageOn(values.birthDate, new Date().toISOString().slice(0, 10))
  const dead = values.deceasedDateTime
  return (
    <dl className={classes.vitals}>
      {values.birthDate === undefined ? null : (
        <div>
          <dt>Born</dt>
          <dd>
            <FieldValue type="date" value={values.birthDate} />
            {age === null || dead !== undefined || values.deceased === true ? null : `, ${age} years`}
          </dd>
        </div>
      )}
      {dead === undefined && values.deceased === true ? (
        <div>
          <dt>Died</dt>
          <dd>on a day that is not recorded</dd>
        </div>
      ) : null}
      {dead === undefined ? null : (
        <div>
          <dt>Died</dt>
          <dd>
            <FieldValue type="dateTime" value={dead} />
          </dd>
        </div>
      )}
      {values.gender === undefined ? null : (
        <div>
          <dt>Gender</dt>
          <dd>
            <FieldValue type="code" value={values.gender} />
          </dd>
        </div>
      )}
      {values.mrn === undefined ? null : (
        <div>
          <dt>MRN</dt>
          <dd>
            <Mrn values={values} absent={null} />
          </dd>
        </div>
      )}
    </dl>
  )
}

interface RefusedProps {
  patientId: string
  own: boolean
  failure: Failure
  onRetry: () => void
}

const Refused = ({ patientId, own, failure, onRetry }: RefusedProps) => {
  const can = useCan()
  const [breaking, setBreaking] = useState(false)
  const refused = failure.code === 'NO_CARE_RELATIONSHIP'
  const isDestroyed = failure.code === 'DESTROYED'
  const mayBreak = refused && can('care:break-glass:open')
  return (
    <>
      {own ? null : <BackLink to="/patients">All patients</BackLink>}
      <PageHeader
        title={refused ? 'Not in your care' : isDestroyed ? 'Destroyed' : own ? 'My record' : 'Patient'}
        windowTitle={own ? 'My record' : 'Patient'}
        lead={
          refused
            ? `You see patients with whom you have a care relationship. If you are treating this patient, ask a colleague of the care team, or the privacy officer, to add you.${mayBreak ? ' Where that would come too late, break the glass.' : ''}`
            : undefined
        }
        actions={
          mayBreak ? (
            <Button color="red" onClick={() => setBreaking(true)}>
              Break the glass
            </Button>
          ) : undefined
        }
      />
      <FailureNotice failure={failure} {...(refused || isDestroyed ? {} : { onRetry })} />
      <BreakGlassDialog patientId={breaking ? patientId : null} onClose={() => setBreaking(false)} />
    </>
  )
}
