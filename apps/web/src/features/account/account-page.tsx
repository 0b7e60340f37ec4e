import { Button, Skeleton } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { Facts } from '../../components/facts.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { ShortId } from '../../components/short-id.tsx'
import { When } from '../../components/when.tsx'
import { leaveBySigningOut } from '../../lib/session/leave.ts'
import { useCan, useSession } from '../../lib/session/session.ts'
import { askForFactor } from '../../lib/session/step-up.ts'
import { client } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import classes from './account.module.css'
import { ChangePassword } from './change-password.tsx'
import { SingleKeys } from './single-keys.tsx'

const MyDevices = lazy(() => import('./my-devices.tsx'))
const MyNotices = lazy(() => import('./my-notices.tsx'))
const MyBreakGlass = lazy(() => import('./my-break-glass.tsx'))
const MyFactors = lazy(() => import('./my-factors.tsx'))
const MySessions = lazy(() => import('./my-sessions.tsx'))
const MySignIns = lazy(() => import('./my-sign-ins.tsx'))
const MyRoles = lazy(() => import('./my-roles.tsx'))

/** The person's own roles, password, sessions and sign-ins. */
export const AccountPage = () => {
  const { user, roles, sessionId, idleExpiresAt, expiresAt, factorAt } = useSession()
  const can = useCan()
  const { act: signOut, pending } = useAct({
    mutationFn: () => leaveBySigningOut(() => client.auth.signOut.mutate()),
  })
  return (
    <>
      <PageHeader
        title="My account"
        windowTitle="My account"
        actions={
          <Button variant="default" loading={pending} onClick={() => signOut(undefined)}>
            Sign out
          </Button>
        }
      />
      <div className={classes.stack}>
        <Panel title="Who you are here">
          <Facts
            items={[
              ['Name', user.displayName],
              ['E-mail', user.email],
              [
                'Practitioner',
                user.practitionerLinked ? 'Linked: your encounters make care relationships' : 'Not linked',
              ],
              ['Id', <ShortId key="i" id={user.id} of="user id" />],
            ]}
          />
        </Panel>
        <Panel title="Your roles">
          {roles.length === 0 ? (
            'You have no role, so nothing can be opened. An administrator gives roles.'
          ) : (
            <>
              <Facts
                items={roles.map(({ title, endsAt }) => [
                  title,
                  endsAt === null ? (
                    'no end set'
                  ) : (
                    <>
                      ends <When at={endsAt} />
                    </>
                  ),
                ])}
              />
              <WhatTheyPermit />
            </>
          )}
        </Panel>
        <Panel title="Password" aside={<ChangePassword />}>
          Known to you alone: nobody else sees or chooses it. None of your last 12 passwords can be used
          again.
        </Panel>
        <Panel title="Keyboard">
          <SingleKeys />
        </Panel>
        <Panel
          title="This session"
          aside={
            <Button size="xs" variant="default" onClick={() => void askForFactor()}>
              Give a fresh factor
            </Button>
          }
        >
          <Facts
            items={[
              ['Ends if you do nothing', <When key="i" at={idleExpiresAt} />],
              ['Ends at the latest', <When key="e" at={expiresAt} />],
              ['Last factor given', <When key="f" at={factorAt} />],
              ['Id', <ShortId key="s" id={sessionId} of="session id" />],
            ]}
          />
          <p className={classes.note}>
            Signing in elsewhere ends this session, unless your installation allows several. On a network or
            in a browser that is new to it you are asked for a second factor once. Privileged acts need one
            given within the last five minutes; you are asked for it when you need it. If you lose all of
            yours, use a recovery code, or ask{' '}
            {user.patientId === null ? 'an administrator' : 'where you are treated'}.
          </p>
        </Panel>
        <Suspense fallback={<Skeleton height={180} />}>
          <MyFactors />
        </Suspense>
        <Suspense fallback={<Skeleton height={240} />}>
          {can('care:break-glass:open') ? <MyBreakGlass /> : null}
          <MySessions />
        </Suspense>
        <Suspense fallback={<Skeleton height={240} />}>
          <MySignIns />
        </Suspense>
        <Suspense fallback={<Skeleton height={240} />}>
          <MyDevices />
        </Suspense>
        <Suspense fallback={<Skeleton height={240} />}>
          <MyNotices />
        </Suspense>
      </div>
    </>
  )
}

/** Looked up when somebody wants to know. */
const WhatTheyPermit = () => {
  const [opened, setOpened] = useState(false)
  return (
    <details className={classes.permits} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>What your roles permit</summary>
      {opened ? (
        <Suspense fallback={<Skeleton height={240} />}>
          <MyRoles />
        </Suspense>
      ) : null}
    </details>
  )
}
