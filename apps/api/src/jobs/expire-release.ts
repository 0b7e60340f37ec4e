import { deleteExpiredRelease } from '../services/exports/build/delete-expired.ts'
import type { JobKind } from './job.ts'

/** Deletes a release's files once they can't be downloaded any more. */
export const expireRelease: JobKind = {
  name: 'expire-release',
  run: ({ app, id }) => deleteExpiredRelease(app, id),
}
