import {
  dateOf,
  isRestrictingConsent,
  kindOf,
  type Meaning,
  meaningOf,
  type RecordFields,
  type Standing,
  securityLabels,
  stateOf,
  type Told,
  titleOf,
} from '@chartward/fhir'
import type { FieldClass, RecordId, ResourceType, SecurityLabel } from '@chartward/policy'

/** What a chart's index says of one version of a record, as far as fields of one class tell it. */
export interface Line {
  readonly id: RecordId
  readonly version: number
  /** The record's own date in ms since 1970. */
  readonly date: Told<number> | null
  readonly title: (Told<string> & { readonly kind: string | null }) | null
  readonly state: Told<string> | null
  /**
   * What may not be ignored of the record goes with each class: whoever sees anything of it sees that it
   * is negated.
   */
  readonly standing: Standing
  readonly counts: boolean
  readonly restricts: boolean
  /** The security labels that it carries, wherever in it they stand. */
  readonly labels: readonly SecurityLabel[]
}

/**
 * The longest title or state that an index keeps: enough to tell records apart; the whole one is in the
 * record.
 */
const MOST_TITLE = 200

/** The same of all classes of a record. */
interface Standings extends Pick<Line, 'standing' | 'counts' | 'restricts' | 'labels'> {}

export const standingsOf = (type: ResourceType, fields: RecordFields): Standings => {
  const { standing, counts }: Meaning = meaningOf(type, fields)
  const restricts = Object.values(fields).some((values) => isRestrictingConsent(type, values))
  return { standing, counts, restricts, labels: securityLabels(type, fields) }
}

/** A version's line in the part of a class: made of this class's fields, but for its standing. */
export const lineOf = (
  { recordId: id, version, type }: { recordId: RecordId; version: number; type: ResourceType },
  fields: RecordFields,
  fieldClass: FieldClass,
  standings: Standings,
): Line => {
  const values = fields[fieldClass] ?? {}
  const title = titleOf(type, values)
  const state = stateOf(type, values)
  return {
    id,
    version,
    date: dateOf(type, values),
    title:
      title === null
        ? null
        : {
            field: title.field,
            value: title.value.slice(0, MOST_TITLE),
            kind: kindOf(type, values)?.slice(0, MOST_TITLE) ?? null,
          },
    state: state === null ? null : { field: state.field, value: state.value.slice(0, MOST_TITLE) },
    ...standings,
  }
}
