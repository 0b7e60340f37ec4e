import { type Category, isAction } from '@chartward/audit'
import type { Outcome } from '@chartward/contract'
import { endOfDay, startOfDay } from '../../lib/calendar.ts'
import { timeZone } from '../../lib/page-meta.ts'

/** The audit page's search parameters: what the URL holds. */
export interface AuditSearch {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly action?: string | undefined
  readonly category?: Category | undefined
  readonly text?: string | undefined
  readonly outcome?: Outcome | undefined
  readonly resourceType?: string | undefined
  readonly resource?: string | undefined
  readonly actor?: string | undefined
  readonly patient?: string | undefined
  readonly session?: string | undefined
  readonly request?: string | undefined
  readonly ip?: string | undefined
  /** Leaves out what the reader has only looked at themselves. */
  readonly others?: boolean | undefined
}

type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> }

/** Leaves out the keys without a value: the API takes no key that says nothing. */
const present = <T extends object>(value: T): Partial<Present<T>> =>
  Object.fromEntries(
    Object.entries(value).filter(([, item]) => item !== undefined && item !== null),
  ) as Partial<Present<T>>

/** What is asked of the API: days become instants by the clocks of `zone`, the last one included. */
export const queryOf = (search: AuditSearch, zone = timeZone()) =>
  present({
    from: startOfDay(search.from ?? '', zone) ?? undefined,
    to: endOfDay(search.to ?? '', zone) ?? undefined,
    // A word that is no action would be refused as a whole; the filter is dropped instead.
    action: isAction(search.action) ? search.action : undefined,
    category: search.category,
    text: search.text,
    outcome: search.outcome,
    resourceType: search.resourceType,
    resourceId: search.resource,
    actorId: search.actor,
    patientId: search.patient,
    sessionId: search.session,
    requestId: search.request,
    ip: search.ip,
    hideOwnReads: search.others === true ? true : undefined,
  })

/** The order that the API is asked for: the table's sort by time, oldest first where it ascends. */
export const orderOf = (sort: string | undefined) =>
  sort === 'when' ? ({ order: 'oldest-first' } as const) : ({} as const)

export const hasFilters = (search: AuditSearch): boolean => Object.keys(queryOf(search, 'UTC')).length > 0
