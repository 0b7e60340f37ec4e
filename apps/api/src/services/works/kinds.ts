import type { WorkKindName } from '@chartward/contract'
import { checkLogWork } from '../audit/check-log-work.ts'
import { exportLogWork } from '../audit/export-log-work.ts'
import { buildExportWork } from '../exports/build-export-work.ts'
import { changePeopleWork } from '../people/change-people-work.ts'
import { importUploadWork } from '../uploads/import-upload-work.ts'
import { withdrawUploadWork } from '../uploads/withdraw-upload-work.ts'
import { lockDownWork } from '../users/lockdown-work.ts'
import type { JobKind, WorkKind } from './kind.ts'

/** Every kind of long work there is. One that is missing here does not compile. */
const WORK_KINDS = {
  'check-log': checkLogWork,
  'export-log': exportLogWork,
  'build-export': buildExportWork,
  'import-upload': importUploadWork,
  'withdraw-upload': withdrawUploadWork,
  'change-people': changePeopleWork,
  'lock-down': lockDownWork,
} as const satisfies { readonly [K in WorkKindName]: { readonly kind: K } }

export const ALL_KINDS: readonly WorkKind[] = Object.values(WORK_KINDS)

export const workKindOf = (kind: WorkKindName): WorkKind => WORK_KINDS[kind]

/** The kind of a work that a job does. */
export const jobKindOf = (name: WorkKindName): JobKind => {
  const kind = WORK_KINDS[name]
  if (kind.runs !== 'in-job') throw new Error(`${name} is done by the request that asks for it`)
  return kind
}

/** The kinds that requests do themselves. */
export const REQUEST_KINDS: readonly WorkKindName[] = ALL_KINDS.flatMap(({ kind, runs }) =>
  runs === 'in-request' ? [kind] : [],
)
