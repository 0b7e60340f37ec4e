import type { PeopleColumn } from '@chartward/contract'
import type { UserId } from '@chartward/policy'

/** A role that somebody is to hold: from a moment or at once, until a moment or without an end. */
export interface WantedRole {
  readonly role: string
  readonly startsAt: Date | null
  readonly endsAt: Date | null
}

/** What is wrong with a line, and what to do: never what stood there. */
export interface Problem {
  readonly column: PeopleColumn | null
  readonly says: string
}

/** A manager by their account, or one whom another line of the same file makes. */
export type WantedManager =
  | { readonly by: 'user'; readonly id: UserId }
  | { readonly by: 'line'; readonly line: number; readonly displayName: string }

/**
 * What one line of a file, or one act for one of many, wants of a person. What is left out stays as it is;
 * null takes it away. `id` is the account, or the one that a new account gets once the whole is agreed on.
 */
export interface Wanted {
  readonly line: number
  readonly who:
    | { readonly is: 'known'; readonly id: UserId }
    | { readonly is: 'new'; readonly id: UserId | null; readonly email: string }
  /** As far as it can be read, for whoever looks. */
  readonly displayName: string
  readonly email: string
  readonly rename: boolean
  readonly department?: string | null
  readonly employeeNumber?: string | null
  readonly manager?: WantedManager | null
  /** All roles that are held afterwards, or some that are given or end. */
  readonly roles?:
    | { readonly mode: 'exactly' | 'give'; readonly roles: readonly WantedRole[] }
    | { readonly mode: 'end'; readonly role: string }
  readonly status?: 'active' | 'deactivated'
  readonly problems: readonly Problem[]
}
