import { type FormEvent, useState } from 'react'

/**
 * Says at its field that a required one is empty, in the page's words: the browser's own bubbles are switched
 * off, and the console's forms are too heavy for this page.
 */
export const useMissing = () => {
  const [missing, setMissing] = useState<string | null>(null)
  return {
    /** Whether a field of the form that is to be sent is empty; then the first that is has the focus. */
    isMissing: ({ currentTarget }: FormEvent<HTMLFormElement>): boolean => {
      const empty = [...currentTarget.querySelectorAll('input')].find(
        ({ required, value }) => required && value.trim() === '',
      )
      setMissing(empty?.name ?? null)
      empty?.focus()
      return empty !== undefined
    },
    /** What stands at the field of this name. */
    errorAt: (name: string) => (missing === name ? 'This can’t be left empty.' : null),
  }
}
