import type {
  FactorState,
  ListUsersInput,
  ListUsersOutput,
  SeenState,
  UserOrder,
  UserStatus,
} from '@chartward/contract'
import type { Account } from '../../core/account-list.ts'
import { meantBy } from './meant-by.ts'

type Filters = Pick<ListUsersInput, 'status' | 'role' | 'text' | 'factor' | 'seen' | 'department' | 'manager'>

const factorOf = ({ mfa }: Account): FactorState => (mfa ? 'enrolled' : 'missing')
const seenOf = ({ lastSeenAt }: Account): SeenState => (lastSeenAt === null ? 'never' : 'ever')

/** The words by which each filter knows an account. */
const FACETS = {
  status: ({ status }: Account) => [status],
  role: ({ roles }: Account) => roles,
  factor: (account: Account) => [factorOf(account)],
  seen: (account: Account) => [seenOf(account)],
  department: ({ department }: Account) => (department === null ? [] : [department]),
} as const satisfies Record<string, (account: Account) => readonly string[]>

type Facet = keyof typeof FACETS
const NAMES = Object.keys(FACETS) as readonly Facet[]

const fits = (account: Account, facet: Facet, wanted: string | undefined): boolean => {
  if (wanted === undefined) return true
  const words: readonly string[] = FACETS[facet](account)
  return words.includes(wanted)
}

/** Which of the filters an account does not fit: none, one, or several. */
const missedBy = (account: Account, asked: readonly Facet[], filters: Filters): Facet | 'several' | null => {
  let missed: Facet | null = null
  for (const facet of asked) {
    if (fits(account, facet, filters[facet])) continue
    if (missed !== null) return 'several'
    missed = facet
  }
  return missed
}

/**
 * The accounts that fit all filters, and for each filter how many fit each of its words with the other
 * filters as they are: what is said beside a choice is what choosing it gives.
 */
export const filterAccounts = (
  accounts: readonly Account[],
  filters: Filters,
): { readonly fitting: Account[]; readonly counts: ListUsersOutput['counts'] } => {
  const isMeant = filters.text === undefined || filters.text === '' ? () => true : meantBy(filters.text)
  const counted: Record<Facet, Map<string, number>> = {
    status: new Map(),
    role: new Map(),
    factor: new Map(),
    seen: new Map(),
    department: new Map(),
  }
  const fitting: Account[] = []
  // What nothing is asked of keeps nobody out.
  const asked = NAMES.filter((facet) => filters[facet] !== undefined)
  for (const account of accounts) {
    if (filters.manager !== undefined && account.managerId !== filters.manager) continue
    const missed = missedBy(account, asked, filters)
    if (missed === 'several' || !isMeant(account)) continue
    if (missed === null) fitting.push(account)
    for (const facet of missed === null ? NAMES : [missed])
      for (const word of FACETS[facet](account)) counted[facet].set(word, (counted[facet].get(word) ?? 0) + 1)
  }
  const { status, role, factor, seen, department } = counted
  return {
    fitting,
    counts: {
      status: Object.fromEntries(status),
      role: Object.fromEntries(role),
      factor: Object.fromEntries(factor),
      seen: Object.fromEntries(seen),
      department: Object.fromEntries(department),
    },
  }
}

const names = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
const STATUSES: readonly UserStatus[] = ['active', 'invited', 'suspended', 'deactivated']

/** Ids are UUIDv7: later ones are of those who joined later. */
const byId = (a: Account, b: Account): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

const rolesOf = ({ roles }: Account): string => roles.toSorted().join(' ')

const COMPARE = {
  joined: byId,
  user: (a, b) => names.compare(a.displayName, b.displayName),
  status: (a, b) => STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status),
  roles: (a, b) => names.compare(rolesOf(a), rolesOf(b)),
  mfa: (a, b) => Number(a.mfa) - Number(b.mfa),
  department: (a, b) => names.compare(a.department ?? '', b.department ?? ''),
  seen: (a, b) => Date.parse(a.lastSeenAt ?? '') - Date.parse(b.lastSeenAt ?? ''),
} as const satisfies Record<string, (a: Account, b: Account) => number>

/**
 * Compares accounts for one order, the same each time, so that pages of it join: who is equal comes by the
 * id, newest first. Compared here and not by the database, which knows no case and no accents.
 */
export const comparisonOf = (order: UserOrder = '-joined'): ((a: Account, b: Account) => number) => {
  const down = order.startsWith('-')
  const key = (down ? order.slice(1) : order) as keyof typeof COMPARE
  const compare = COMPARE[key]
  return (a, b) => {
    if (key === 'department' && (a.department === null || b.department === null))
      return Number(a.department === null) - Number(b.department === null) || byId(b, a)
    if (key === 'seen' && (a.lastSeenAt === null || b.lastSeenAt === null))
      return Number(a.lastSeenAt === null) - Number(b.lastSeenAt === null) || byId(b, a)
    return (down ? compare(b, a) : compare(a, b)) || byId(b, a)
  }
}

/** So many times as many as are wanted are gathered before they are put in order. */
const GATHERED = 8

/** The first `most` of them by an order, without ordering the others. */
export const firstOf = (
  accounts: readonly Account[],
  compare: (a: Account, b: Account) => number,
  most: number,
): Account[] => {
  let first: Account[] = []
  let last: Account | undefined
  const cut = () => {
    first = first.toSorted(compare).slice(0, most)
    last = first[most - 1]
  }
  for (const account of accounts) {
    if (last !== undefined && compare(account, last) >= 0) continue
    first.push(account)
    if (first.length >= most * GATHERED) cut()
  }
  cut()
  return first
}
