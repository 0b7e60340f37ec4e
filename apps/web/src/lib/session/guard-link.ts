import type { AppRouter } from '@chartward/api'
import type { TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { failureOf, needsSignIn } from '../errors.ts'
import { noteActivity } from './activity.ts'
import { leaveForSignIn } from './leave.ts'
import { type Asked, askForFactor } from './step-up.ts'

const ASKED_BY: Readonly<Record<string, Asked>> = { STEP_UP_REQUIRED: 'code', REASON_REQUIRED: 'reason' }

type Unsubscribe = { unsubscribe: () => void }

/**
 * Stands before the network for every operation. A refusal for want of a fresh factor or a reason asks in
 * place and tries the same operation once more; a refusal for want of a session leaves for the sign-in page.
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
            const asked = ASKED_BY[code]
            if (asked === undefined || !again) return observer.error(error)
            void askForFactor(asked).then((fresh) => {
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
