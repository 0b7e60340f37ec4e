import { userId, userOrder } from '@chartward/contract'
import { describe, expect, it } from 'vitest'
import type { Account } from '../../core/account-list.ts'
import { comparisonOf, filterAccounts, firstOf } from './facets.ts'

let made = 0

/** Each joins after the one before. */
const account = (displayName: string, rest: Partial<Account> = {}): Account => ({
  id: userId.parse(`0193521b-7c00-7aaa-8aaa-${String(++made).padStart(12, '0')}`),
  email: `${displayName.toLowerCase()}@example.test`,
  displayName,
  status: 'active',
  roles: [],
  mfa: true,
  lastSeenAt: '2026-01-01T00:00:00.000Z',
  department: null,
  managerId: null,
  employeeNumber: null,
  ...rest,
})

const people = [
  account('Ana', { roles: ['nurse', 'clinician'] }),
  account('Ben', { roles: ['nurse'], status: 'deactivated', lastSeenAt: '2026-03-01T00:00:00.000Z' }),
  account('Cem', { status: 'invited', mfa: false, lastSeenAt: null }),
  account('Dag', { roles: ['clinician'], status: 'invited', mfa: false, lastSeenAt: null }),
]
const names = (accounts: readonly Account[]) => accounts.map(({ displayName }) => displayName)

describe('the facets of users', () => {
  it('count what each choice would give, and leave a choice itself out of its own count', () => {
    const { fitting, counts } = filterAccounts(people, { role: 'nurse' })
    expect(names(fitting)).toEqual(['Ana', 'Ben'])
    expect(counts).toEqual({
      status: { active: 1, deactivated: 1 },
      role: { nurse: 2, clinician: 2 },
      factor: { enrolled: 2 },
      seen: { ever: 2 },
      department: {},
    })
  })

  it('hold for every filter and every pair of them what the list then is', () => {
    const all = filterAccounts(people, {}).counts
    const choices = Object.entries(all).flatMap(([facet, words]) =>
      Object.keys(words).map((word) => ({ [facet]: word })),
    )
    for (const one of choices)
      for (const other of choices) {
        const filters = { ...one, ...other }
        const { counts } = filterAccounts(people, one)
        const [[facet = '', word = ''] = []] = Object.entries(other)
        const said = (counts as Record<string, Record<string, number>>)[facet]?.[word] ?? 0
        expect([filters, filterAccounts(people, filters).fitting.length]).toEqual([filters, said])
      }
  })

  it('know who has never signed in', () => {
    expect(names(filterAccounts(people, { seen: 'never' }).fitting)).toEqual(['Cem', 'Dag'])
  })
})

describe('the orders of users', () => {
  const by = (order?: Parameters<typeof comparisonOf>[0]) => names(people.toSorted(comparisonOf(order)))

  it('are newest first where nothing is said, and put who was never seen last in both directions', () => {
    expect(by()).toEqual(['Dag', 'Cem', 'Ben', 'Ana'])
    expect(by('seen')).toEqual(['Ana', 'Ben', 'Dag', 'Cem'])
    expect(by('-seen')).toEqual(['Ben', 'Ana', 'Dag', 'Cem'])
  })

  it('group by roles and by factor', () => {
    expect(by('roles')).toEqual(['Cem', 'Dag', 'Ana', 'Ben'])
    expect(by('mfa')).toEqual(['Dag', 'Cem', 'Ben', 'Ana'])
  })

  it('never leave two accounts in no order', () => {
    for (const order of userOrder.options)
      for (const a of people)
        for (const b of people) {
          const compared = comparisonOf(order)(a, b)
          expect(Math.sign(compared)).toBe(-Math.sign(comparisonOf(order)(b, a)) || 0)
          expect(compared === 0).toBe(a === b)
        }
  })
})

describe('the first accounts by an order', () => {
  it('are those of all in order, however many there are and in whichever order they stand', () => {
    const many = Array.from({ length: 500 }, (_, at) => account(`Person ${(at * 7) % 500}`))
    for (const order of ['joined', '-joined', 'user', '-user'] as const) {
      const compare = comparisonOf(order)
      const sorted = many.toSorted(compare)
      for (const given of [many, many.toReversed(), sorted, sorted.toReversed()])
        for (const most of [1, 7, 500, 501])
          expect(firstOf(given, compare, most)).toEqual(sorted.slice(0, most))
    }
  })
})
