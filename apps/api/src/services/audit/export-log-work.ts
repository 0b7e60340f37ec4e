import { WORK_RESULTS } from '@chartward/contract'
import { defineRequestWork } from '../works/kind.ts'

/**
 * The log leaves as it is read, by the request that asks for it: no copy of it lies anywhere. Cancelled, or
 * cut off, it leaves a file that has no end, which its verifier names.
 */
export const exportLogWork = defineRequestWork({
  kind: 'export-log',
  sees: { all: 'audit:log:export', own: null },
  cancel: 'leaves-nothing',
  oneOf: null,
  result: WORK_RESULTS['export-log'],
  show: (result) => result,
})
