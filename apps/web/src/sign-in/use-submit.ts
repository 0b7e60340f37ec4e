import { useCallback, useRef, useState } from 'react'
import { type Failure, failureOf } from '../lib/errors.ts'

/** Runs one submission at a time and keeps what went wrong with the last one. */
export const useSubmit = () => {
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const running = useRef(false)
  const submit = useCallback(async (work: () => Promise<void>) => {
    if (running.current) return
    running.current = true
    setPending(true)
    setFailure(null)
    try {
      await work()
    } catch (error) {
      setFailure(failureOf(error))
    } finally {
      running.current = false
      setPending(false)
    }
  }, [])
  return { pending, failure, submit }
}
