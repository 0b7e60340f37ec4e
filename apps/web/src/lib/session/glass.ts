import { client, queryClient, trpc } from '../trpc.ts'

const OF_PATIENTS: ReadonlySet<unknown> = new Set(['patients', 'records', 'claims', 'care'])

/** Whether a query holds something of a patient: by the room of the procedure that it asks. */
const isOfPatients = ([path]: readonly unknown[]): boolean => Array.isArray(path) && OF_PATIENTS.has(path[0])

/** Has every page know at once that a glass was broken, or is whole again. */
export const renewSession = async (): Promise<void> => {
  queryClient.setQueryData(trpc.auth.session.queryKey(), await client.auth.session.query())
}

/** What was read under a glass leaves the screen with it, and what is on the screen is asked for anew. */
export const glassIsWhole = async (): Promise<void> => {
  await renewSession()
  await queryClient.resetQueries({ predicate: ({ queryKey }) => isOfPatients(queryKey) })
}
