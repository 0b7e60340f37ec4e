import { createContext } from 'react'

/** The form in a dialog, as far as the dialog has to know it. */
export interface Asked {
  /** Whether something was typed that has not been sent. */
  readonly typed: () => boolean
  /** Takes the person back to where they typed. */
  readonly goBack: () => void
}

interface Leave {
  /** Closes the dialog, unless the person wants to keep what they typed. */
  readonly leave: () => void
  /** Whom the dialog asks before it closes, until the function that comes back is called. */
  readonly askBefore: (form: Asked) => () => void
}

/** What a form may ask of the dialog around it. */
export const LeaveContext = createContext<Leave>({ leave: () => undefined, askBefore: () => () => undefined })
