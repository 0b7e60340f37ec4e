import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '../components/empty-state.tsx'
import { FailureNotice } from '../components/failure-notice.tsx'
import { PageHeader } from '../components/page-header.tsx'
import { failureOf } from '../lib/errors.ts'

export const NotFound = () => (
  <>
    <PageHeader title="There is no such page" windowTitle="Not found" />
    <EmptyState title="The address may be mistyped, or the page may have moved.">
      <Link to="/">Go to the overview</Link>
    </EmptyState>
  </>
)

export const NoAccess = () => (
  <>
    <PageHeader title="Your roles don’t open this page" windowTitle="No access" />
    <EmptyState title="Nothing was asked of the server.">
      If your work needs it, ask an administrator for a role that does. <Link to="/">Go to the overview</Link>
    </EmptyState>
  </>
)

/** A fault of the console itself. What it was stays in the browser: an error can hold what the page held. */
export const RouteFailure = ({ error }: { error: unknown }) => (
  <>
    <PageHeader title="This page failed" windowTitle="Failed" />
    <FailureNotice failure={failureOf(error)} />
    <Button mt="md" variant="default" onClick={() => window.location.reload()}>
      Reload
    </Button>
  </>
)
