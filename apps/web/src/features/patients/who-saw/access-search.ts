import { ACCESS_ACTIONS, id } from '@chartward/contract'
import * as z from 'zod/mini'
import { endOfDay, startOfDay } from '../../../lib/calendar.ts'
import { calendarDay, maybe, word } from '../../../lib/search-params.ts'

/** What the URL holds of a look at who saw a patient: ids, days and a word of a closed list. */
export const accessSearch = {
  actor: maybe(z.union([id, word])),
  action: maybe(z.enum(ACCESS_ACTIONS)),
  from: maybe(calendarDay),
  to: maybe(calendarDay),
}

export type AccessSearch = z.output<z.ZodMiniObject<typeof accessSearch>>

type Wanted = {
  patientId: string
  from?: string
  to?: string
  actorId?: string
  action?: (typeof ACCESS_ACTIONS)[number]
}

/** What is asked of the API: days become instants in the person's own time zone, the last one included. */
export const wantedOf = (patientId: string, search: AccessSearch): Wanted => {
  const from = startOfDay(search.from ?? '')
  const to = endOfDay(search.to ?? '')
  return {
    patientId,
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    ...(search.actor === undefined ? {} : { actorId: search.actor }),
    ...(search.action === undefined ? {} : { action: search.action }),
  }
}

/** Where the same is had as a file. */
export const fileOf = (patientId: string, search: AccessSearch): string => {
  const { patientId: id, ...within } = wantedOf(patientId, search)
  const query = new URLSearchParams(within).toString()
  return `/audit/accesses/${id}${query === '' ? '' : `?${query}`}`
}

export const isNarrowed = ({ actor, action, from, to }: AccessSearch): boolean =>
  [actor, action, from, to].some((value) => value !== undefined)
