import { createHash } from 'node:crypto'
import type { ColumnPlan, Plan } from '../format/plan.ts'
import type { ReleasedColumn, TableManifest } from '../format/table-release.ts'
import { canonicalJson } from './canonical-json.ts'
import type { FindingCode, Findings } from './finding.ts'

const FILE = 'manifest.json'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

const same = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b)

/** Where the plan leaves the level to the search, the manifest may say which it found. */
const sameTransform = (planned: ColumnPlan, { transform }: ReleasedColumn): boolean =>
  planned.transform.kind === 'generalise' && planned.transform.level === undefined
    ? transform.kind === 'generalise'
    : same(planned.transform, transform)

const columnFault = (plan: Plan, column: ReleasedColumn): readonly [FindingCode, string] | null => {
  const planned = Object.hasOwn(plan.columns, column.name) ? plan.columns[column.name] : undefined
  if (column.role === 'patient') {
    if (planned !== undefined && planned.role !== 'identifier')
      return ['plan-mismatch', 'It numbers the patients, and is something else by the plan.']
    return column.coverage === null
      ? null
      : ['wrong-coverage', 'It is not a quasi-identifier and has a coverage.']
  }
  if (planned === undefined) return ['unplanned-column', 'The plan does not name it.']
  if (planned.transform.kind === 'redact') return ['redacted-column', 'The plan leaves it out.']
  if (
    planned.role !== column.role ||
    planned.category !== column.category ||
    planned.content !== column.content ||
    (planned.weight ?? 1) !== column.weight ||
    !sameTransform(planned, column)
  )
    return ['plan-mismatch', 'Its role, category, content, weight or transform is not that of the plan.']
  if ((column.role === 'quasi-identifier') !== (column.coverage !== null))
    return ['wrong-coverage', 'A quasi-identifier has a coverage, and nothing else has.']
  return null
}

const checkColumns = ({ plan, columns, patientColumn, source }: TableManifest, findings: Findings): void => {
  const names = columns.map(({ name }) => name)
  if (new Set(names).size !== names.length)
    findings.add('plan-mismatch', { file: FILE }, 'Two columns have one name.')
  for (const column of columns) {
    const fault = columnFault(plan, column)
    if (fault !== null) findings.add(fault[0], { file: FILE, column: column.name }, fault[1])
  }
  for (const [name, { transform }] of Object.entries(plan.columns))
    if (transform.kind !== 'redact' && !names.includes(name))
      findings.add(
        'plan-mismatch',
        { file: FILE, column: name },
        'The plan releases it, the manifest does not.',
      )
  const patients = columns.filter(({ role }) => role === 'patient').map(({ name }) => name)
  // Were rows counted where the plan counts patients, one patient of k rows would be a class of k.
  if (
    !same(patients, patientColumn === null ? [] : [patientColumn]) ||
    (patientColumn === null) !== (plan.patient === null)
  )
    findings.add(
      'plan-mismatch',
      { file: FILE },
      'The column that numbers the patients is not as the plan has it.',
    )
  const named = new Set([...Object.keys(plan.columns), ...(plan.patient === null ? [] : [plan.patient])])
  if (source.columns < named.size)
    findings.add(
      'wrong-count',
      { file: FILE },
      `The plan names ${named.size} columns of a source of ${source.columns}.`,
    )
}

const checkSearch = ({ plan, method, proof }: TableManifest, findings: Findings): void => {
  if (plan.search.method !== 'best' && plan.search.method !== method)
    findings.add('plan-mismatch', { file: FILE }, 'The method is not the one that the plan asks for.')
  if ((method === 'optimal') === (proof.kind === 'heuristic'))
    findings.add(
      'wrong-proof',
      { file: FILE },
      `What is claimed of the solution cannot be of the method "${method}".`,
    )
}

/**
 * Whether the manifest is the plan's, and the plan the one that its hash names. `rawPlan` is the plan as the
 * file has it.
 */
export const checkPlan = (
  manifest: TableManifest,
  rawPlan: unknown,
  expectedPlanSha256: string | undefined,
  findings: Findings,
): void => {
  const { plan, planSha256, profile, models } = manifest
  if (sha256(canonicalJson(rawPlan)) !== planSha256)
    findings.add('plan-hash', { file: FILE }, 'planSha256 is not the hash of the plan.')
  if (expectedPlanSha256 !== undefined && expectedPlanSha256 !== planSha256)
    findings.add('plan-hash', { file: FILE }, 'The plan is not the one that was asked for.')
  if (profile !== plan.profile)
    findings.add('plan-mismatch', { file: FILE }, 'The claimed profile is not the one of the plan.')
  const claimed = models.map(({ model }) => canonicalJson(model)).sort()
  const asked = plan.models.map(canonicalJson).sort()
  if (!same(claimed, asked))
    findings.add('plan-mismatch', { file: FILE }, 'The models are not those of the plan.')
  checkColumns(manifest, findings)
  checkSearch(manifest, findings)
}
