import { notify } from '../../lib/notify.ts'

/** Says that what was asked for has not been done yet. */
export const notifyWaiting = (what: string): void => {
  notify({
    title: 'Waits for approval',
    message: `Somebody else has to approve ${what} under Approvals.`,
  })
}
