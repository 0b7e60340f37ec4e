import type { RouterHistory } from '@tanstack/react-router'

/** Whether the page that is shown was come back to, by Back or Forward, and not gone to anew. */

let back = false

export const watchHistory = (history: Pick<RouterHistory, 'subscribe'>): void => {
  history.subscribe(({ action }) => {
    back = action.type === 'BACK' || action.type === 'FORWARD' || action.type === 'GO'
  })
}

export const cameBack = (): boolean => back
