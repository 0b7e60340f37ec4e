import type { Model } from '../format/model.ts'
import type { ColumnPlan, Plan, Profile } from '../format/plan.ts'
import type { TableManifest } from '../format/table-release.ts'
import type { Findings } from './finding.ts'

/*
 * What each profile allows to be done to a column: 45 CFR 164.514(b)(2)(i), (b)(1) and (e)(2). Written from
 * the rule's text, apart from the builder's own. Each function gives the reason for which a column may not be
 * released so, or null.
 */

type Released = Pick<ColumnPlan, 'role' | 'category' | 'content' | 'transform'>

/** The categories of (b)(2)(i) that a limited data set must leave out too: all but B, C and R. */
const DIRECT: ReadonlySet<string> = new Set('ADEFGHIJKLMNOPQ')
const AREAS: ReadonlySet<string> = new Set(['city', 'state', 'zip'])
const TIMES: ReadonlySet<string> = new Set(['date', 'age', 'year'])

const isText = ({ role, content }: Released): boolean => role === 'text' || content === 'text'

const ofArea = ({ content, transform }: Released): string | null => {
  if (content === 'state')
    return ['keep', 'generalise'].includes(transform.kind)
      ? null
      : '(b)(2)(i)(B): a state is kept or generalised'
  if (content === 'zip' && transform.kind === 'zip3') return null
  return '(b)(2)(i)(B): of what is smaller than a state, three digits of a ZIP Code alone may stay'
}

const ofTime = ({ content, transform }: Released): string | null => {
  const allowed: Readonly<Record<string, readonly string[]>> = {
    date: ['year', 'generalise'],
    year: ['keep', 'year', 'generalise', 'bin', 'top-code', 'bottom-code'],
    age: ['keep', 'generalise', 'bin', 'top-code'],
  }
  if (allowed[content]?.includes(transform.kind) !== true)
    return '(b)(2)(i)(C): dates are released as years, ages in years, and neither shifted nor perturbed'
  return content === 'age' && transform.kind === 'top-code' && transform.above > 89
    ? '(b)(2)(i)(C): ages over 89 are one group'
    : null
}

/** By key, but from the true value. */
const DERIVED: ReadonlySet<string> = new Set(['pseudonym', 'date-shift', 'substitute'])

const underSafeHarbor = (column: Released): string | null => {
  const { category, content, transform } = column
  if (transform.kind === 'random-id') return null
  if (isText(column) || transform.kind === 'scrub')
    return '(b)(2)(i)(R): free text cannot be shown to hold no identifier'
  if (DERIVED.has(transform.kind)) return '(c)(1): a code derived from information about the person'
  if (DIRECT.has(category) || category === 'R') return `(b)(2)(i)(${category}): to be left out`
  if (category === 'B' || AREAS.has(content)) return ofArea(column)
  if (category === 'C' || TIMES.has(content)) return ofTime(column)
  return null
}

/** Values that stand for nobody: drawn at random, keyed, or another's. */
const REPLACED: ReadonlySet<string> = new Set(['random-id', 'pseudonym', 'substitute'])

const underLimitedDataSet = (column: Released): string | null => {
  const { category, content, transform } = column
  if (REPLACED.has(transform.kind)) return null
  if (isText(column)) return '(e)(2): free text may hold any of the sixteen identifiers, even scrubbed'
  if (DIRECT.has(category)) return `(e)(2): identifiers of category ${category} are to be left out`
  if (category === 'B' && !AREAS.has(content))
    return '(e)(2)(ii): of an address, only town or city, state and ZIP Code may stay'
  return null
}

const underExpertDetermination = (column: Released): string | null => {
  const { category, content, role, transform } = column
  if (REPLACED.has(transform.kind)) return null
  if (isText(column))
    return transform.kind === 'scrub' ? null : '(b)(1): free text is released with what it may hold'
  if (role === 'identifier' || DIRECT.has(category)) return '(b)(1): an identifier is released as it is'
  const linkable = category !== 'none' || AREAS.has(content) || TIMES.has(content)
  const moved = transform.kind === 'date-shift' || transform.kind === 'perturb'
  return linkable && !moved && role !== 'quasi-identifier'
    ? '(b)(1): others can know it, and it is in no class that a model counts'
    : null
}

const RULES: Readonly<Record<Profile, (column: Released) => string | null>> = {
  'safe-harbor': underSafeHarbor,
  'limited-data-set': underLimitedDataSet,
  'expert-determination': underExpertDetermination,
}

/** Models of sensitive values say nothing of who is found; a threshold of 1 says nothing at all. */
const boundsRisk = (model: Model): boolean =>
  model.kind === 'k-anonymity' || ('threshold' in model && model.threshold < 1)

/** What a profile needs beside the columns. */
const missingBasis = ({ profile, expert, dataUseAgreement, asOf, models }: Plan): readonly string[] => {
  if (profile === 'expert-determination')
    return [
      ...(expert === undefined ? ['(b)(1): no expert is named'] : []),
      ...(models.some(boundsRisk) ? [] : ['(b)(1)(i): no model bounds the risk that a person is found']),
    ]
  if (profile === 'limited-data-set')
    return dataUseAgreement === undefined
      ? ['(e)(4): there is no data use agreement']
      : dataUseAgreement.ends < asOf
        ? ['(e)(4): the data use agreement ends before the as-of date']
        : []
  return []
}

/** Whether the claimed profile allows what was done to each released column. */
export const checkProfile = ({ plan, columns }: TableManifest, findings: Findings): void => {
  for (const why of missingBasis(plan))
    findings.add('profile-rule', { file: 'manifest.json' }, `${plan.profile}, ${why}.`)
  for (const { name, role, transform } of columns) {
    const add = (why: string) =>
      findings.add('profile-rule', { file: 'manifest.json', column: name }, `${plan.profile}, ${why}.`)
    if (role === 'patient') {
      const allowed = plan.profile === 'safe-harbor' ? ['random-id'] : ['random-id', 'pseudonym']
      if (!allowed.includes(transform.kind))
        add('a patient is told apart by an id that is not of this release')
      continue
    }
    const column = Object.hasOwn(plan.columns, name) ? plan.columns[name] : undefined
    const why = column === undefined ? null : RULES[plan.profile](column)
    if (why !== null) add(why)
  }
}
