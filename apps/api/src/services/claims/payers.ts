import { CryptoError } from '@chartward/crypto'
import { meaningOf, splitSourceId } from '@chartward/fhir'
import { fieldAccess, type Scope } from '@chartward/policy'
import type { App } from '../../app.ts'
import { normalClaimKey } from '../../vault/claim-tokens.ts'
import { openDirectoryFields } from '../directory/directory.ts'
import { referencedNames } from '../directory/referenced.ts'
import type { OpenedClaim } from './open-claims.ts'

/** Organizations of the directory that are opened in one search, the latest. */
const MOST_ORGANIZATIONS = 2000

/** Who goes by a payer's name in the directory. */
export interface DirectoryPayers {
  /** The plain ids by which claims refer to them. */
  readonly ids: ReadonlySet<string>
  /** There are more organizations than were opened. */
  readonly cut: boolean
}

const NO_PAYERS: DirectoryPayers = { ids: new Set(), cut: false }

/**
 * The organizations of the directory that have this name, as far as the Scope shows the names of any. Two of
 * two servers may share an id, so that a claim that refers to one is looked at again.
 */
export const payersInDirectory = async (
  app: App,
  scope: Scope,
  payer: string | undefined,
): Promise<DirectoryPayers> => {
  if (payer === undefined || fieldAccess(scope, 'Organization.name') !== 'clear') return NO_PAYERS
  const rows = await app.db.sql<{ id: string; content: Buffer }[]>`
    select id, content from directory_entries where type = 'Organization' and content is not null
    order by id desc limit ${MOST_ORGANIZATIONS + 1}`
  const ids = new Set<string>()
  for (const { id, content } of rows.slice(0, MOST_ORGANIZATIONS)) {
    const found = await namedOrganization(app, id, content)
    if (found !== null && normalClaimKey('payer', found.name) === payer) ids.add(found.sourceId)
  }
  return { ids, cut: rows.length > MOST_ORGANIZATIONS }
}

const namedOrganization = async (
  app: App,
  id: string,
  content: Buffer,
): Promise<{ name: string; sourceId: string } | null> => {
  try {
    const fields = await openDirectoryFields(app.keyring, id, content)
    const { name, id: sourceId } = fields.identity ?? {}
    const isOpen = meaningOf('Organization', fields).labels.length === 0
    return isOpen && typeof name === 'string' && typeof sourceId === 'string'
      ? { name, sourceId: splitSourceId(sourceId).id }
      : null
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error
    app.log.error({ recordId: id }, 'an entry of the directory failed its integrity check')
    return null
  }
}

/** What stands beside a name of the directory says how the entry is to be taken. */
const BESIDE = / \([^()]*\)$/

/**
 * Of claims that were found by an entry of the directory, those whose own reference means one of this name;
 * the others as they are.
 */
export const withNamedPayer = async (
  app: App,
  scope: Scope,
  payer: string | undefined,
  opened: readonly OpenedClaim[],
  inDoubt: ReadonlySet<string>,
): Promise<readonly OpenedClaim[]> => {
  if (inDoubt.size === 0) return opened
  const named = new Set<string>()
  const asked = opened.filter(({ view }) => inDoubt.has(view.id))
  for (const [patientId, own] of Map.groupBy(asked, (one) => one.patientId)) {
    const items = own.map(({ view: { id, type, values } }) => ({
      id,
      type,
      values: { id: values.id, insurer: values.insurer },
    }))
    const { names } = await referencedNames(app, scope, patientId, items)
    for (const [id, words] of names)
      if (Object.values(words).some((said) => normalClaimKey('payer', said.replace(BESIDE, '')) === payer))
        named.add(id)
  }
  return opened.filter(({ view }) => !inDoubt.has(view.id) || named.has(view.id))
}
