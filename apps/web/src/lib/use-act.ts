import { useMutation } from '@tanstack/react-query'
import { useMemo } from 'react'
import { failureOf, needsSignIn } from './errors.ts'
import { queryClient } from './trpc.ts'

interface Act<Input, Output> {
  mutationFn: (input: Input) => Promise<Output>
  /** Procedures whose answers the act may have changed. */
  refresh?: readonly { queryKey: readonly unknown[] }[]
  onDone?: (output: Output, input: Input) => void
}

/**
 * A mutation with what went wrong in a form that can be shown, and the lists that it changed asked for anew.
 */
export const useAct = <Input, Output>({ mutationFn, refresh = [], onDone }: Act<Input, Output>) => {
  const mutation = useMutation({
    mutationFn,
    onSuccess: async (output, input) => {
      onDone?.(output, input)
      await Promise.all(refresh.map(({ queryKey }) => queryClient.invalidateQueries({ queryKey })))
    },
  })
  // One failure is one object: a form takes it up once.
  const failure = useMemo(
    () => (mutation.error === null ? null : failureOf(mutation.error)),
    [mutation.error],
  )
  return {
    act: mutation.mutate,
    pending: mutation.isPending,
    // Whoever has to sign in first is asked to, and is back then.
    failure: failure === null || needsSignIn(failure.code) ? null : failure,
    result: mutation.data,
    reset: mutation.reset,
  }
}
