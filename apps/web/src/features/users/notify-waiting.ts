import { notify } from '../../lib/notify.ts'

/** Says that what was asked for has not been done yet. */
export const notifyWaiting = (what: string): void => {
  notify({
    title: 'Waiting for a second person',
    message: `Somebody else has to approve ${what} under Approvals.`,
  })
}
