import { serverNow } from './server-clock.ts'
import type { FullSession } from './session.ts'
import { askForFactor, isFresh } from './step-up.ts'

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
  return true
}
