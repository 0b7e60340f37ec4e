import type { AppRouter } from '@chartward/api'
import type { TRPCLink } from '@trpc/client'
import { tap } from '@trpc/server/observable'

/** Tells whoever shows what waits that something was changed here, by whatever page. */

const listeners = new Set<() => void>()

export const onChange = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const workers = new Set<() => void>()

/** Told that something which takes long was begun here. */
export const onWork = (listener: () => void): (() => void) => {
  workers.add(listener)
  return () => workers.delete(listener)
}

export const workBegun = (): void => {
  for (const listener of workers) listener()
}

/** Steps of signing in and of giving a code change nothing that anybody waits for. */
const isChange = ({ type, path }: { readonly type: string; readonly path: string }): boolean =>
  type === 'mutation' && !path.startsWith('auth.')

export const changeLink: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    next(op).pipe(
      tap({
        complete: () => {
          if (isChange(op)) for (const listener of listeners) listener()
        },
      }),
    )
