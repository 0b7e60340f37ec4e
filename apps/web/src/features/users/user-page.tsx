import { Skeleton, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, lazyRouteComponent } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { BackLink } from '../../components/back-link.tsx'
import { Facts } from '../../components/facts.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { LastMail } from '../../components/last-mail.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { ShortId } from '../../components/short-id.tsx'
import { When } from '../../components/when.tsx'
import { failureOf } from '../../lib/errors.ts'
import { useCan } from '../../lib/session/session.ts'
import { trpc } from '../../lib/trpc.ts'
import { Assignments } from './assignments.tsx'
import { Factors } from './factors.tsx'
import { Pending } from './pending.tsx'
import { Sessions } from './sessions.tsx'
import { UserActions } from './user-actions.tsx'
import { UserStatusTag } from './user-status.tsx'
import classes from './users.module.css'

const route = getRouteApi('/users/$id')
const Why = lazy(() => import('./why.tsx'))
const TABS = ['access', 'factors', 'sessions', 'why'] as const

const CoverPanel = lazyRouteComponent(() => import('../../components/cover/cover-panel.tsx'), 'CoverPanel')

export const UserPage = () => {
  const { id } = route.useParams()
  const { tab = 'access' } = route.useSearch()
  const navigate = route.useNavigate()
  const can = useCan()
  const { data: user, error, refetch } = useQuery(trpc.users.get.queryOptions({ id }))

  if (error !== null && user === undefined) {
    return (
      <>
        <PageHeader title="User" windowTitle="User" />
        <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />
      </>
    )
  }
  return (
    <>
      <BackLink to="/users">All users</BackLink>
      <PageHeader
        title={user?.displayName}
        windowTitle="User"
        actions={user === undefined ? undefined : <UserActions user={user} />}
      />
      <Panel>
        {user === undefined ? (
          <Skeleton height={112} />
        ) : (
          <Facts
            columns={2}
            items={[
              ['Status', <UserStatusTag key="s" status={user.status} />],
              ['E-mail', user.email],
              ['Department', user.department ?? 'None'],
              [
                'Manager',
                user.manager === null ? (
                  'None'
                ) : (
                  <Link key="m" to="/users/$id" params={{ id: user.manager.id }}>
                    {user.manager.displayName}
                  </Link>
                ),
              ],
              ['Employee number', user.employeeNumber ?? 'None'],
              ['Second factor', user.mfa ? 'Enrolled' : 'Not yet'],
              ['Last seen', <When key="l" at={user.lastSeenAt} />],
              ['Account made', <When key="c" at={user.createdAt} />],
              [
                'Practitioner',
                user.practitioner === null
                  ? 'Not linked'
                  : `${user.practitioner.name}, NPI ${user.practitioner.npi}`,
              ],
              [
                'Invitation',
                user.invitation === null ? null : (
                  <>
                    open, ends <When at={user.invitation.expiresAt} />
                  </>
                ),
              ],
              ['Mail', user.mail === null ? null : <LastMail key="m" mail={user.mail} />],
              ['Id', <ShortId key="i" id={user.id} of="user id" />],
              [
                'In the audit log',
                can('audit:entry:search') ? (
                  <Link key="a" to="/audit" search={{ actor: user.id }}>
                    What this person did
                  </Link>
                ) : null,
              ],
            ]}
          />
        )}
      </Panel>
      <Tabs
        className={classes.tabs ?? ''}
        value={tab}
        onChange={(value) =>
          void navigate({ search: { tab: TABS.slice(1).find((one) => one === value) }, replace: true })
        }
        keepMounted={false}
      >
        <Tabs.List>
          <Tabs.Tab value="access">Roles</Tabs.Tab>
          <Tabs.Tab value="factors">Second factors</Tabs.Tab>
          <Tabs.Tab value="sessions">Sessions</Tabs.Tab>
          {can('access:decision:explain') ? <Tabs.Tab value="why">Why can they …?</Tabs.Tab> : null}
        </Tabs.List>
        <Tabs.Panel value="access" pt="md">
          {user === undefined ? (
            <Skeleton height={200} />
          ) : (
            <div className={classes.stack}>
              <Pending items={user.pending} />
              <Assignments user={user} />
              {can('care:cover:give') ? (
                <Suspense fallback={<Skeleton height={160} />}>
                  <CoverPanel userId={user.id} name={user.displayName} />
                </Suspense>
              ) : null}
            </div>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="factors" pt="md">
          {user === undefined ? <Skeleton height={200} /> : <Factors user={user} />}
        </Tabs.Panel>
        <Tabs.Panel value="sessions" pt="md">
          {user === undefined ? <Skeleton height={200} /> : <Sessions user={user} />}
        </Tabs.Panel>
        <Tabs.Panel value="why" pt="md">
          <Suspense fallback={<Skeleton height={200} />}>
            <Why userId={id} />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
