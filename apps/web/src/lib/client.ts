import type { AppRouter } from '@chartward/api'
import { parseExact } from '@chartward/policy'
import { createTRPCClient, httpBatchLink, type TRPCLink } from '@trpc/client'
import { noteServerTime } from './session/server-clock.ts'

/** Put on an operation's context by polling: the server then doesn't count it as the person's activity. */
export const BACKGROUND = { background: true } as const

/**
 * An answer whose numbers keep their digits: the browser's own reader would make doubles of them, and 1.5 of
 * 1.50.
 */
export const keepingDigits = (response: Response): Response =>
  Object.assign(response, { json: async () => parseExact(await response.text()) })

/**
 * Everything goes as POST with its input in the body: what was typed about a patient never reaches a URL or a
 * proxy's log.
 */
export const createClient = (links: readonly TRPCLink<AppRouter>[] = []) =>
  createTRPCClient<AppRouter>({
    links: [
      ...links,
      httpBatchLink({
        url: '/trpc',
        methodOverride: 'POST',
        maxItems: 40,
        // A batch with one foreground operation is activity.
        headers: ({ opList }) =>
          opList.every((op) => op.context.background === true) ? { 'x-chartward-background': '1' } : {},
        fetch: async (url, options) => {
          const response = await fetch(url, {
            ...options,
            signal: options?.signal ?? null,
            credentials: 'same-origin',
            cache: 'no-store',
          })
          noteServerTime(response.headers.get('date'))
          return keepingDigits(response)
        },
      }),
    ],
  })
