import type { UserId } from '@chartward/policy'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'

const searching = new WeakMap<App, Set<UserId>>()

/**
 * Runs a person's search for claims, one at a time in this process: each may open thousands of records, so
 * that a call of it weighs more than others. Rejects TOO_MANY_REQUESTS while another of theirs goes on.
 */
export const oneSearch = async <T>(app: App, userId: UserId, search: () => Promise<T>): Promise<T> => {
  const people = searching.get(app) ?? new Set()
  searching.set(app, people)
  if (people.has(userId))
    throw new ChartwardError('TOO_MANY_REQUESTS', 'Your search before this one is still going on.')
  people.add(userId)
  try {
    return await search()
  } finally {
    people.delete(userId)
  }
}
