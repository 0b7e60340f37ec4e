import type { Connection } from '@chartward/db'
import type { Keyring } from '../../../keys/keyring.ts'
import type { Findings } from '../integrity/findings.ts'
import { checkShreddedContents, shreddedByLog } from '../integrity/shredded-rows.ts'
import { checkUnownedClaimTokens } from './check-claim-tokens.ts'
import { checkDirectory } from './check-directory.ts'
import { checkNotes } from './check-notes.ts'
import { checkReleases } from './check-releases.ts'
import { checkSeals } from './check-seals.ts'
import { checkUnownedTokens } from './check-tokens.ts'
import { checkVersions, type OnRead } from './check-versions.ts'

/**
 * What only the keys can tell: that every ciphertext opens in its place to what was written, that patients,
 * claims and practitioners are found by what their records say, and that notes are those that were committed
 * to. Reads everything once, a page at a time; says ids and never a value. `sql` may see all patients' rows.
 */
export const checkContents = async (
  sql: Connection['sql'],
  keyring: Keyring,
  findings: Findings,
  onRead: OnRead = () => undefined,
): Promise<void> => {
  await checkVersions(sql, keyring, findings, onRead)
  await checkShreddedContents(sql, await shreddedByLog(sql), findings)
  await checkUnownedTokens(sql, findings)
  await checkUnownedClaimTokens(sql, findings)
  await checkDirectory(sql, keyring, findings)
  await checkNotes(sql, keyring, findings)
  await checkReleases(sql, keyring, findings)
  await checkSeals(sql, keyring, findings)
}
