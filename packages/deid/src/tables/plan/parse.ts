import { DeidError } from '../../shared/errors.ts'
import { own } from '../../shared/json.ts'
import type { Plan } from '../format/plan.ts'
import { columnFaults } from './column-faults.ts'
import { type PlanFault, pathOf, schemaFault } from './fault.ts'
import { modelFaults } from './model-faults.ts'
import { planSchema } from './schema.ts'
import { shiftFaults } from './shift-faults.ts'

/** The name of the column that numbers the patients in a release. */
const PATIENT = 'patient'

const refuse = (faults: readonly PlanFault[]): DeidError =>
  new DeidError(
    'bad-plan',
    `The plan cannot be run:\n${faults.map(({ path, advice }) => `  ${path}: ${advice}`).join('\n')}`,
  )

const patientFaults = ({ patient, columns }: Plan): PlanFault[] => {
  if (patient === null) return []
  const faults: PlanFault[] = []
  const listed = Object.hasOwn(columns, patient) ? columns[patient] : undefined
  if (listed !== undefined && listed.role !== 'identifier')
    faults.push({
      path: pathOf('columns', patient, 'role'),
      advice: 'this column says whose row it is: make it an "identifier", or leave it out',
    })
  const named = Object.hasOwn(columns, PATIENT) ? columns[PATIENT] : undefined
  if (named !== undefined && named.transform.kind !== 'redact')
    faults.push({
      path: pathOf('columns', PATIENT, 'transform'),
      advice: 'the release numbers its patients in a column of this name: redact this one, or rename it',
    })
  return faults
}

const planFaults = (plan: Plan): PlanFault[] => {
  const measured = new Set(
    plan.models.flatMap((model) =>
      model.kind === 't-closeness' && model.distance !== 'equal' ? [model.attribute] : [],
    ),
  )
  const faults = Object.entries(plan.columns).flatMap(([name, column]) =>
    columnFaults(name, column, measured.has(name)),
  )
  if (Object.values(plan.columns).every(({ transform }) => transform.kind === 'redact'))
    faults.push({ path: 'columns', advice: 'nothing would be released: name a column that stays' })
  if (new Set(plan.formats).size < plan.formats.length)
    faults.push({ path: 'formats', advice: 'name each format once' })
  return [...faults, ...patientFaults(plan), ...modelFaults(plan), ...shiftFaults(plan)]
}

/**
 * A plan from its JSON. Throws `bad-plan` with every fault, its path and what to do: an unknown or missing
 * setting, a value out of its range, settings that contradict each other. It may still claim less than it
 * asks for: see `eligibilityOf`.
 */
export const parsePlan = (json: unknown): Plan => {
  // An object built by copying would take this name for its prototype and drop the column unseen.
  const columns = own(json, 'columns')
  if (typeof columns === 'object' && columns !== null && Object.hasOwn(columns, '__proto__'))
    throw refuse([{ path: 'columns', advice: 'rename the column "__proto__": no object can hold it safely' }])
  const parsed = planSchema.safeParse(json)
  if (!parsed.success) throw refuse(parsed.error.issues.map(schemaFault))
  const faults = planFaults(parsed.data)
  if (faults.length > 0) throw refuse(faults)
  return parsed.data
}
