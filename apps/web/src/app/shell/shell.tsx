import { Burger, Drawer } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link, lazyRouteComponent, Outlet, useMatches, useRouterState } from '@tanstack/react-router'
import { Suspense, useEffect } from 'react'
import { DemoBanner } from '../../components/demo-banner.tsx'
import { Mark } from '../../components/mark.tsx'
import { keepFocus } from '../../lib/focus/keep-focus.ts'
import { RestoreScroll } from '../../lib/history/restore-scroll.tsx'
import { useSession } from '../../lib/session/session.ts'
import { useOtherTabs } from '../../lib/session/use-other-tabs.ts'
import { useFreshNeeds } from '../../lib/use-needs.ts'
import { opens } from '../nav.ts'
import { PAGES } from '../pages.ts'
import { NoAccess } from '../route-states.tsx'
import { Navigation } from './navigation.tsx'
import { CommandCenter } from './palette/command-center.tsx'
import { PersonMenu } from './person-menu.tsx'
import { Progress } from './progress.tsx'
import { SchemeToggle } from './scheme-toggle.tsx'
import { SessionWatch } from './session-watch.tsx'
import classes from './shell.module.css'
import { StepUpDialog } from './step-up-dialog.tsx'

// These come after the page: what checks the log's signature is no part of what everybody waits for.
const AuditSeal = lazyRouteComponent(() => import('./audit-seal.tsx'), 'AuditSeal')
const GlassBand = lazyRouteComponent(() => import('./glass-band.tsx'), 'GlassBand')
const WorkSign = lazyRouteComponent(() => import('./work-sign.tsx'), 'WorkSign')

/** The frame around every page: banner, header, navigation, page. */
export const Shell = () => {
  const [opened, menu] = useDisclosure(false)
  const { permissions, breakGlass } = useSession()
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  useEffect(() => menu.close(), [pathname])
  useFreshNeeds()
  useOtherTabs()
  useEffect(keepFocus, [])

  return (
    <>
      <a href="#page" className="cw-skip">
        Skip to the page
      </a>
      <DemoBanner />
      <header className={classes.header}>
        <div className={classes.burger}>
          <Burger
            opened={opened}
            onClick={menu.toggle}
            size="sm"
            aria-label={opened ? 'Close the navigation' : 'Open the navigation'}
          />
        </div>
        <Link to="/" className={classes.brand} aria-label="Chartward: overview">
          <Mark />
          <span>Chartward</span>
        </Link>
        <div className={classes.spacer} />
        <CommandCenter />
        <Suspense>
          {opens(PAGES['/work'].needs, permissions) ? <WorkSign /> : null}
          {permissions.includes('audit:log:verify') ? <AuditSeal /> : null}
        </Suspense>
        <SessionWatch />
        <SchemeToggle />
        <PersonMenu />
        <Progress />
      </header>
      <div className={classes.frame}>
        <nav className={classes.side} aria-label="Main">
          <Navigation />
        </nav>
        <main id="page" tabIndex={-1} className={classes.page}>
          <Suspense>{breakGlass.open.length > 0 ? <GlassBand /> : null}</Suspense>
          <Suspense fallback={<div className={classes.blank} />}>
            <Page />
          </Suspense>
        </main>
      </div>
      <Drawer
        opened={opened}
        onClose={menu.close}
        title="Chartward"
        size="17rem"
        closeButtonProps={{ 'aria-label': 'Close the navigation' }}
      >
        <nav aria-label="Main">
          <Navigation />
        </nav>
      </Drawer>
      <StepUpDialog />
      <RestoreScroll />
    </>
  )
}

/** A page whose permissions the session lacks is not mounted, so that it asks the server nothing. */
const Page = () => {
  const { permissions } = useSession()
  const needs = useMatches({ select: (matches) => matches.at(-1)?.staticData.needs })
  return needs !== undefined && !opens(needs, permissions) ? <NoAccess /> : <Outlet />
}
