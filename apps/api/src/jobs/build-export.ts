import { buildRelease } from '../services/exports/build/build-release.ts'
import type { JobKind } from './job.ts'

/** Builds the release of an approved export request. */
export const buildExport: JobKind = {
  name: 'build-export',
  run: ({ app, id, signal }) => buildRelease(app, id, signal),
}
