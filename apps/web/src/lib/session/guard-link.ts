import type { AppRouter } from '@chartward/api'
import type { TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { failureOf, needsSignIn } from '../errors.ts'
import { noteActivity } from './activity.ts'
import { leaveForSignIn } from './leave.ts'
import { askForFactor } from './step-up.ts'

type Unsubscribe = { unsubscribe: () => void }

/**
 * Stands before the network for every operation. A refusal for want of a fresh factor asks for one in place
 * and tries the same operation once more; a refusal for want of a session leaves for the sign-in page.
 */
export const guardLink: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    observable((observer) => {
      let current: Unsubscribe | null = null
      let cancelled = false
      const attempt = (again: boolean) => {
        current = next(op).subscribe({
          next: (value) => {
            if (op.context.background !== true) noteActivity()
            observer.next(value)
          },
          complete: () => observer.complete(),
          error: (error) => {
            const { code } = failureOf(error)
            if (needsSignIn(code)) leaveForSignIn()
            if (code !== 'STEP_UP_REQUIRED' || !again) return observer.error(error)
            void askForFactor().then((fresh) => {
              if (cancelled) return
              if (fresh) attempt(false)
              else observer.error(error)
            })
          },
        })
      }
      attempt(true)
      return () => {
        cancelled = true
        current?.unsubscribe()
      }
    })
