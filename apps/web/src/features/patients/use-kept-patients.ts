import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { forgetOutside } from '../../lib/history/forget-outside.ts'
import { PHI, queryClient } from '../../lib/trpc.ts'

/** For a list of patients that charts are opened from: come back to as long as one is among patients. */
export const useKeptPatients = (queryKey: readonly unknown[]): Pick<typeof PHI, 'staleTime'> => {
  const router = useRouter()
  // Outlives the list, which is what it is about.
  useEffect(
    () => forgetOutside(router, window, ['/patients'], () => queryClient.removeQueries({ queryKey })),
    [],
  )
  return { staleTime: PHI.staleTime }
}
