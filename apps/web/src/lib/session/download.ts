import { workBegun } from './change-link.ts'
import { serverNow } from './server-clock.ts'
import type { FullSession } from './session.ts'
import { askForFactor, isFresh } from './step-up.ts'

const BEGUN_MS = 1_500

/**
 * Starts a download that needs a fresh factor. The browser streams it to disk, so a refusal would end in a
 * failed download that explains nothing: the factor is asked for beforehand. Resolves false if the person
 * gave none.
 */
export const downloadWithFactor = async (href: string, session: FullSession): Promise<boolean> => {
  if (!isFresh(session.factorAt, serverNow()) && !(await askForFactor())) return false
  const link = document.createElement('a')
  link.href = href
  link.download = ''
  link.click()
  // What is long of it has begun once the server has answered.
  setTimeout(workBegun, BEGUN_MS)
  return true
}
