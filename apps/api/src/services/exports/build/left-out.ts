import type { LeftOut } from '@chartward/deid/records'
import { meaningOf } from '@chartward/fhir'
import type { OpenedRecord } from '../../../vault/open-record.ts'

/**
 * Why a record is kept out of de-identified exports, the gravest first; null for one that goes out. A release
 * has no place for a negation: an order not to give a drug would read as one to give it. `record` holds every
 * class, or a modifier in one that is never released would go unseen.
 */
export const whyLeftOut = ({ type, fields }: OpenedRecord): LeftOut | null => {
  const { labels, standing } = meaningOf(type, fields)
  if (labels.length > 0) return 'labelled'
  if (standing === 'unknown') return 'not-understood'
  return standing === 'said' ? null : standing
}
