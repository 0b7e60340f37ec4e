import type { Permission } from '@chartward/policy'
import { createContext, use } from 'react'
import type { Outputs } from '../trpc.ts'

export type FullSession = Extract<Outputs['auth']['session'], { stage: 'full' }>

export const SessionContext = createContext<FullSession | null>(null)

/**
 * The session of the person at the screen. Only pages inside the shell may ask, and there it is always full.
 */
export const useSession = (): FullSession => {
  const session = use(SessionContext)
  if (session === null) throw new Error('useSession was called outside the shell')
  return session
}

/**
 * Whether the session's roles hold a permission. It decides what is drawn and never what is allowed: the
 * server decides that on every request.
 */
export const useCan = (): ((permission: Permission) => boolean) => {
  const { permissions } = useSession()
  return (permission) => permissions.includes(permission)
}
