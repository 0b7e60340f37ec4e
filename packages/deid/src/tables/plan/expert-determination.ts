import { IDENTIFIER_CATEGORIES } from '@chartward/policy'
import type { Model } from '../format/model.ts'
import type { Content, Plan } from '../format/plan.ts'
import { columnReason, isText, type ReleasedPlan, releasedColumns } from './claim.ts'

const RULE = '(b)(1)'

type Kind = ReleasedPlan['transform']['kind']

/** What may stand for a direct identifier. */
const REPLACED: ReadonlySet<Kind> = new Set(['random-id', 'pseudonym', 'substitute'])
/** Transforms by key, after which the true value is not there to be matched. */
const MOVED: ReadonlySet<Kind> = new Set(['date-shift', 'perturb'])
/** What an attacker is likely to know of a person, whatever the plan takes it for. */
const LINKABLE: ReadonlySet<Content> = new Set(['date', 'age', 'zip', 'state', 'city', 'year'])

/**
 * Whether a model bounds how surely a person can be found: one that any release would satisfy bounds nothing.
 */
const boundsRisk = (model: Model): boolean => {
  switch (model.kind) {
    case 'k-anonymity':
      return model.k >= 2
    case 'records-at-risk':
      return model.threshold < 1 && model.share < 1
    case 'prosecutor-risk':
    case 'marketer-risk':
    case 'journalist-risk':
    case 'population-uniqueness':
      return model.threshold < 1
    default:
      return false
  }
}

const reasonFor = (column: ReleasedPlan): string | null => {
  const { name, role, category, content, transform } = column
  const { kind } = transform
  if (REPLACED.has(kind)) return null
  if (isText(column))
    return kind === 'scrub'
      ? null
      : columnReason(name, 'free text stays as it is; scrub it or redact it', RULE)
  if (role === 'identifier' && category !== 'none')
    return columnReason(
      name,
      `${IDENTIFIER_CATEGORIES[category].toLowerCase()} identify by themselves and stay in part or whole; redact or replace it`,
      RULE,
    )
  const linkable = category !== 'none' || LINKABLE.has(content)
  return linkable && role !== 'quasi-identifier' && !MOVED.has(kind)
    ? columnReason(
        name,
        'it can be matched with what others know of a person, and no model counts it; make it a quasi-identifier',
        RULE,
      )
    : null
}

function* planReasons({ expert, models, columns }: Plan): Generator<string> {
  if (expert === undefined)
    yield 'There is no expert who determined that the risk is very small, with name and day (45 CFR 164.514(b)(1)).'
  if (!models.some(boundsRisk))
    yield 'No model bounds the risk that a person is found (k-anonymity, or a risk with a threshold below 1) (45 CFR 164.514(b)(1)(i)).'
  const uncounted = models.length > 0 ? [] : Object.entries(columns)
  for (const [name, { role, transform }] of uncounted)
    if (role === 'quasi-identifier' && transform.kind !== 'redact')
      yield columnReason(name, 'no model counts this quasi-identifier', RULE)
}

/** Every reason why a release by this plan cannot rest on 45 CFR 164.514(b)(1). */
export const expertDeterminationReasons = (plan: Plan): string[] => [
  ...planReasons(plan),
  ...releasedColumns(plan).flatMap((column) => {
    const reason = reasonFor(column)
    return reason === null ? [] : [reason]
  }),
]
