import { useEffect, useState } from 'react'
import { type Failure, failureOf } from '../../../lib/errors.ts'

interface Asked<Answer> {
  readonly text: string
  readonly pending: boolean
  readonly answer: Answer | null
  readonly failure: Failure | null
}

/**
 * What the server answered to what is typed at present. It is held by this component alone and dropped with
 * the next key: a query's key would keep what was typed, and it may be about a patient.
 */
export const useAsked = <Answer>(text: string) => {
  const [asked, setAsked] = useState<Asked<Answer> | null>(null)
  const [calling, setCalling] = useState<AbortController | null>(null)
  useEffect(() => () => calling?.abort(), [calling, text])
  const run = (ask: (text: string, signal: AbortSignal) => Promise<Answer>): void => {
    const controller = new AbortController()
    const { signal } = controller
    const settle = (end: Partial<Asked<Answer>>) => {
      if (!signal.aborted) setAsked({ text, pending: false, answer: null, failure: null, ...end })
    }
    setCalling(controller)
    setAsked({ text, pending: true, answer: null, failure: null })
    ask(text, signal).then(
      (answer) => settle({ answer }),
      (error: unknown) => settle({ failure: failureOf(error) }),
    )
  }
  const current = asked?.text === text ? asked : null
  return {
    run,
    pending: current?.pending ?? false,
    answer: current?.answer ?? null,
    failure: current?.failure ?? null,
  }
}
