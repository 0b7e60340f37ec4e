import type { AppRouter } from '@chartward/api'
import { QueryClient } from '@tanstack/react-query'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { createTRPCOptionsProxy } from '@trpc/tanstack-react-query'
import { createClient } from './client.ts'
import { failureOf, isTransient } from './errors.ts'
import { changeLink } from './session/change-link.ts'
import { guardLink } from './session/guard-link.ts'

/** What the API is given and what it gives, as it goes over the wire. */
export type Inputs = inferRouterInputs<AppRouter>
export type Outputs = inferRouterOutputs<AppRouter>

/**
 * Nothing is fetched behind the person's back: every read of PHI is an audit entry, so focus, reconnects and
 * pointer hovers cause none, and what left the screen is dropped from memory within seconds.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      gcTime: 10_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry: (failures, error) => failures < 2 && isTransient(failureOf(error).code),
    },
    // A patient search is one: what was typed and found must not outlive the page that shows it.
    mutations: { gcTime: 0 },
  },
})

export const client = createClient([changeLink, guardLink])
export const trpc = createTRPCOptionsProxy<AppRouter>({ client, queryClient })

/** For queries that hold PHI: gone as soon as no component shows them. */
export const PHI = { gcTime: 0, staleTime: 300_000 } as const
