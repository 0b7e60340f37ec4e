import type { ColumnPlan, Plan } from '../format/plan.ts'

/** A column that the release shows in some form. */
export interface ReleasedPlan extends ColumnPlan {
  readonly name: string
}

export const releasedColumns = ({ columns }: Plan): ReleasedPlan[] =>
  Object.entries(columns).flatMap(([name, column]) =>
    column.transform.kind === 'redact' ? [] : [{ name, ...column }],
  )

/** Why a column stands against a claim: the paragraph of 45 CFR 164.514 goes last. */
export const columnReason = (name: string, why: string, paragraph: string): string =>
  `Column "${name}": ${why} (45 CFR 164.514${paragraph}).`

export const isText = ({ role, content }: ColumnPlan): boolean => role === 'text' || content === 'text'
