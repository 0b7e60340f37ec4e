import type { App } from '../../app.ts'

/** For so long a backup that holds wrapped keys, or needs them, may be kept: longer than any of these. */
const LONGEST_KEPT_MS = 35 * 86_400_000

/** Whether a backup may still be kept that was begun before a time: it may need a key that was retired then. */
export const isKeptBackup = async ({ clock }: App, at: Date): Promise<boolean> =>
  clock().getTime() - at.getTime() < LONGEST_KEPT_MS
