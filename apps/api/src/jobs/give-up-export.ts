import { BuildRefused } from '../services/exports/build/failure.ts'
import { writeOff } from '../services/exports/build/write-off.ts'
import type { JobKind } from './job.ts'

/** Writes off an export whose every attempt was cut off or met an error, so that nobody waits for it for ever. */
export const giveUpExport: JobKind = {
  name: 'give-up-export',
  run: ({ app, id }) => writeOff(app, id, new BuildRefused('gave-up')),
}
