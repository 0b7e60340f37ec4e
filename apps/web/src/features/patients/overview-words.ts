import type { ResourceType } from '@chartward/policy'
import { countOf, formatCount } from '../../lib/format.ts'
import type { Outputs } from '../../lib/trpc.ts'

export type OverviewAnswer = Outputs['records']['overview']
export type OverviewKey = keyof OverviewAnswer
export type Section = OverviewAnswer[OverviewKey]

interface PartWords {
  readonly title: string
  /** As it stands in a sentence: "your roles don’t show allergies". */
  readonly many: string
  /** Of what there is none: "No active problem among 3 records". */
  readonly one: string
  /** Where all of them are listed. */
  readonly tab: string
  readonly type: ResourceType
}

export const PARTS: Readonly<Record<OverviewKey, PartWords>> = {
  allergies: {
    title: 'Allergies',
    many: 'allergies',
    one: 'allergy in force',
    tab: 'problems',
    type: 'AllergyIntolerance',
  },
  problems: {
    title: 'Active problems',
    many: 'problems',
    one: 'active problem',
    tab: 'problems',
    type: 'Condition',
  },
  medication: {
    title: 'Current medication',
    many: 'prescribed or reported medication',
    one: 'current medication',
    tab: 'medication',
    type: 'MedicationRequest',
  },
  vitals: {
    title: 'Last vital signs',
    many: 'vital signs or other observations',
    one: 'vital sign with a usual code',
    tab: 'results',
    type: 'Observation',
  },
  visits: {
    title: 'Last visits',
    many: 'visits',
    one: 'visit that took place',
    tab: 'visits',
    type: 'Encounter',
  },
  orders: {
    title: 'Open orders',
    many: 'orders',
    one: 'open order',
    tab: 'visits',
    type: 'ServiceRequest',
  },
}

/**
 * What can be said where a part has nothing to show. Three things that must not be taken for each other: that
 * there is none on record, that none was ever sent, and that the reader may not see any. Null where there is
 * something to show.
 */
export const absenceText = (key: OverviewKey, section: Section): string | null => {
  const { many, one } = PARTS[key]
  const { known, records, withheld, items } = section
  if (known === 'not-yours') return `Not yours to see: your roles don’t show ${many}.`
  if (known === 'not-imported')
    return `Not imported: this patient’s source has sent no ${many} of anybody, so nothing is known of them here.`
  if (known === 'none')
    return `None recorded: the source has sent no ${many} of this patient.${key === 'allergies' ? ' Nobody has said that there are none.' : ''}`
  if (items.length > 0 || section.untrusted) return null
  const visible = records - withheld
  return visible === 0 ? null : `No ${one} among ${countOf(visible, 'record')}.`
}

/** What has to be known beside what is shown. */
export const besideTexts = (key: OverviewKey, { withheld, notUnderstood, cut }: Section): string[] => [
  ...(withheld === 0
    ? []
    : [
        `${countOf(withheld, 'record')} ${withheld === 1 ? 'is' : 'are'} withheld from you: ${withheld === 1 ? 'its' : 'their'} source restricts who may see ${withheld === 1 ? 'it' : 'them'}.`,
      ]),
  // An allergy that is not understood is shown; a problem or a drug is not taken for one that is so.
  ...(notUnderstood === 0 || key === 'allergies' || key === 'visits' || key === 'vitals'
    ? []
    : [
        `${formatCount(notUnderstood)} more ${notUnderstood === 1 ? 'is' : 'are'} changed by something this system doesn’t understand, and not shown here: read ${notUnderstood === 1 ? 'it' : 'them'} in the list.`,
      ]),
  ...(cut && key !== 'visits' ? ['There may be more: the list has all.'] : []),
]
