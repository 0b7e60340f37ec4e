import { isDeepStrictEqual } from 'node:util'
import { chartClasses } from '@chartward/fhir'
import { RESOURCE_TYPES, resourceOf } from '@chartward/policy'
import type { LentKeys } from '../../keys/lent-keys.ts'
import type { OpenedRecord } from '../open-record.ts'
import { lineOf, standingsOf } from './line.ts'
import { openChain } from './open-chain.ts'
import type { StoredChain } from './select-segments.ts'

/** Every chain that a patient's chart may have. */
export const allChains = RESOURCE_TYPES.filter((type) => resourceOf(type).compartment === 'patient').flatMap(
  (resourceType) => chartClasses(resourceType).map((fieldClass) => ({ resourceType, fieldClass })),
)

/**
 * Compares a chart's index with the records that it is of: gives what is told of a record, once its current
 * version has been opened whole. True where each line is what this version says, made anew.
 */
export const chartChecker = (chains: readonly StoredChain[], keys: LentKeys) => {
  const opened = chains.map(({ chain, segments, expected }) => ({
    ...chain,
    lines: openChain(segments, expected, keys),
  }))
  return {
    /** The chains that are not all that was written, or don't fit the records. */
    broken: opened.filter(({ lines }) => lines === null),
    fits: ({ id: recordId, type, version, fields }: OpenedRecord): boolean =>
      opened
        .filter(({ resourceType, lines }) => resourceType === type && lines !== null)
        .every(({ fieldClass, lines }) =>
          isDeepStrictEqual(
            lines?.get(recordId),
            lineOf({ recordId, type, version }, fields, fieldClass, standingsOf(type, fields)),
          ),
        ),
  }
}
