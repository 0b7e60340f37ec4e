import { createContext } from 'react'

interface Leave {
  /** Closes the dialog, unless the person wants to keep what they typed. */
  readonly leave: () => void
  /** How the dialog finds out whether anything was typed, until the function that comes back is called. */
  readonly askBefore: (typed: () => boolean) => () => void
}

/** What a form may ask of the dialog around it. */
export const LeaveContext = createContext<Leave>({ leave: () => undefined, askBefore: () => () => undefined })
