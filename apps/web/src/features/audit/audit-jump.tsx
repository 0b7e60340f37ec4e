import { Button, TextInput } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import classes from './audit.module.css'

const route = getRouteApi('/audit')

/** Goes down the log to a day without loading what is above it: the list then begins there. */
export const AuditJump = () => {
  const to = route.useSearch({ select: (search) => search.to })
  const navigate = route.useNavigate()
  const jump = (day: string | undefined) =>
    void navigate({
      // A first day that comes after the last one would leave nothing.
      search: ({ from, ...rest }) => ({
        ...rest,
        from: day !== undefined && from !== undefined && from > day ? undefined : from,
        to: day,
      }),
      replace: true,
      resetScroll: false,
    })
  return (
    <div className={classes.jump}>
      <TextInput
        aria-label="Jump to a day"
        type="date"
        size="xs"
        leftSection={<span className={classes.within}>Jump to</span>}
        leftSectionWidth={60}
        value={to ?? ''}
        onChange={(event) => jump(event.currentTarget.value || undefined)}
      />
      {to === undefined ? null : (
        <Button size="compact-xs" variant="subtle" onClick={() => jump(undefined)}>
          Back to the newest
        </Button>
      )}
    </div>
  )
}
