import { Button, Popover } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { lazy, memo, Suspense } from 'react'
import classes from '../data-table.module.css'
import type { Choices } from './view-choices.tsx'

/** Loaded when it is opened for the first time. */
const ViewChoices = lazy(async () => ({ default: (await import('./view-choices.tsx')).ViewChoices }))

const ViewMenuOf = (props: Choices) => {
  const [opened, { toggle, close }] = useDisclosure(false)
  return (
    <Popover opened={opened} onDismiss={close} position="bottom-end" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          className={classes.viewButton ?? ''}
          leftSection={<IconAdjustmentsHorizontal size={14} aria-hidden="true" />}
          onClick={toggle}
        >
          View
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.view ?? ''} aria-label="How the table is shown">
        <Suspense>
          <ViewChoices {...props} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}

/** Which columns a table has and how close its rows stand, remembered by this browser. */
export const ViewMenu = memo(ViewMenuOf)
