import { useRouter } from '@tanstack/react-router'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Put on the entry that a drawer or a dialog made: the entry before is the same page without it. */
    beside?: boolean
  }
}

/** The entry that is being gone back from: a second close of the same one must not leave the page. */
let leaving: string | undefined

/**
 * What opens beside a page, a drawer or a dialog, stands in the URL, and is one step of the history: opening
 * it goes a step on, closing it goes that step back, so that Back afterwards does not open it again. One that
 * came by a link has no page before it to go back to: closing replaces its entry. From one thing of a list to
 * the next, while `opened`, is no step.
 */
export const useBeside = (opened: boolean) => {
  const router = useRouter()
  return {
    /** Goes into the navigation that opens something. */
    opening: opened
      ? ({ replace: true, state: true, resetScroll: false } as const)
      : ({ state: { beside: true }, resetScroll: false } as const),
    /** `replace` navigates to the page without it, in place of this entry. */
    close: (replace: () => unknown): void => {
      const { beside, __TSR_key: key } = router.latestLocation.state
      if (beside !== true) return void replace()
      if (key !== undefined && key === leaving) return
      leaving = key
      router.history.back()
    },
  }
}
