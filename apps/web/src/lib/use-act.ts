import { useMutation } from '@tanstack/react-query'
import { failureOf } from './errors.ts'
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
  return {
    act: mutation.mutate,
    pending: mutation.isPending,
    failure: mutation.error === null ? null : failureOf(mutation.error),
    result: mutation.data,
    reset: mutation.reset,
  }
}
