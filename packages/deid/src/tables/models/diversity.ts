import { DeidError } from '../../shared/errors.ts'
import type { ClassModel } from '../format/model.ts'
import type { SensitiveFacts, SourceFacts } from './facts.ts'

/*
 * What the three forms of l-diversity share (Machanavajjhala, Kifer, Gehrke, Venkitasubramaniam: l-Diversity:
 * Privacy Beyond k-Anonymity, ACM TKDD 1(1), 2007). Counts are of distinct patients. Where a patient has
 * several rows, joining two classes may change one value's count and not another's (the patient was already
 * in both), so that only the distinct form stays monotone.
 */

export type Diversity<Kind extends ClassModel['kind']> = Extract<ClassModel, { kind: Kind; l: number }>

/** Throws `bad-model` where l is no whole number of 2 or more. */
export const checkWhole = ({
  kind,
  l,
}: Diversity<'distinct-l-diversity'> | Diversity<'recursive-l-diversity'>) => {
  if (!Number.isSafeInteger(l) || l < 2)
    throw new DeidError('bad-model', `${kind}: l is ${l}, and must be a whole number of 2 or more.`)
}

/** Throws `contradictory-models` where the attribute has fewer than l values. */
export const checkDistinct = (
  { kind, attribute, l }: Diversity<ClassModel['kind']>,
  { distinct }: SensitiveFacts,
) => {
  if (l > distinct)
    throw new DeidError(
      'contradictory-models',
      `${kind}: l is ${l}, but "${attribute}" has ${distinct} distinct values.`,
    )
}

/** Where a row is a patient, l values take l patients. Else one patient may have them all. */
export const patientsFor = (l: number, { rowPerPatient }: SourceFacts): number =>
  rowPerPatient ? Math.ceil(l) : 1
