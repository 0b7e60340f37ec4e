import * as z from 'zod/mini'
import { count, nothing } from './forms.ts'

/** What searching by names costs and tells, for a population: expectations, and nothing of anybody. */

const cost = z.strictObject({ meant: z.number(), byChance: z.number() })

const searchPlan = z.strictObject({
  population: count,
  bits: count,
  peoplePerToken: z.number(),
  rareWord: cost,
  rareName: cost,
  commonWord: cost,
  commonName: cost,
  chance: z.number(),
  /** A beginning of a name that more people have than this stands out of chance. */
  standsOutAbove: z.number(),
  unsafe: z.nullable(z.enum(['too-few-share', 'too-many-opened'])),
})

export const getSearchPlanInput = nothing
export const getSearchPlanOutput = z.strictObject({
  /** For as many patients as the tokens were planned for, and for as many as there are; null for none. */
  planned: searchPlan,
  now: z.nullable(searchPlan),
  /** So many candidates are opened at most by one search. */
  mostOpened: count,
})

export type SearchPlanView = z.output<typeof searchPlan>
export type GetSearchPlanOutput = z.output<typeof getSearchPlanOutput>
