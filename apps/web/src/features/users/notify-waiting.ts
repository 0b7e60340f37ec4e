import { notifications } from '@mantine/notifications'

/** Says that what was asked for has not been done yet. */
export const notifyWaiting = (what: string): void => {
  notifications.show({
    title: 'Waits for approval',
    message: `Somebody else has to approve ${what} under Approvals.`,
  })
}
