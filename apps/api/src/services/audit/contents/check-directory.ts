import { CryptoError } from '@chartward/crypto'
import type { Connection } from '@chartward/db'
import type { RecordFields } from '@chartward/fhir'
import { isResourceType, type ResourceType } from '@chartward/policy'
import type { Keyring } from '../../../keys/keyring.ts'
import { classTextsOf, wholeTextOf } from '../../../vault/class-texts.ts'
import { npisIn, npiTokenUnder, openDirectoryFields } from '../../directory/directory.ts'
import { isUnchanged } from '../../import/tokens.ts'
import type { Findings } from '../integrity/findings.ts'

const PAGE = 200
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

interface Row {
  readonly id: string
  readonly type: string
  readonly source_token: Buffer
  readonly key_version: number
  readonly npi_token: Buffer | null
  readonly npi_key_version: number
  readonly content_tag: Buffer | null
  readonly content: Buffer | null
  readonly trusted: boolean
}

/** Opens every directory entry, and compares what it says with what it is found and known again by. */
export const checkDirectory = async (
  sql: Connection['sql'],
  keyring: Keyring,
  findings: Findings,
): Promise<void> => {
  for (let after = FIRST_ID; ; ) {
    const rows = await sql<Row[]>`
      select id, type, source_token, key_version, npi_token, npi_key_version, content_tag, content, trusted
      from directory_entries where id > ${after} order by id limit ${PAGE}`
    for (const row of rows) {
      const fields = await fieldsOf(keyring, row)
      const { id, type } = row
      if (fields === null || !isResourceType(type))
        findings.add('directory-unreadable', `directory entry ${id} does not open in its place`)
      else if (!saysItsRow(keyring, row, type, fields))
        findings.add('directory-changed', `directory entry ${id} is not what it is found or known again by`)
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE) return
    after = last.id
  }
}

const fieldsOf = async (keyring: Keyring, { id, content }: Row): Promise<RecordFields | null> => {
  try {
    return content === null ? null : await openDirectoryFields(keyring, id, content)
  } catch (error) {
    if (error instanceof CryptoError) return null
    throw error
  }
}

const saysItsRow = (keyring: Keyring, row: Row, type: ResourceType, fields: RecordFields): boolean => {
  const { source_token: token, key_version: keyVersion, content_tag: content, trusted } = row
  if (!keyring.tokenKeys('source-ids').some(({ version }) => version === keyVersion)) return false
  const text = wholeTextOf(classTextsOf(fields))
  if (!isUnchanged(keyring, type, text, { token, keyVersion, trusted, content })) return false
  const [npi] = npisIn(type, fields)
  if (npi === undefined || row.npi_token === null) return npi === undefined && row.npi_token === null
  const key = keyring.tokenKeys('blind-index').find(({ version }) => version === row.npi_key_version)
  return key !== undefined && npiTokenUnder(key.key, npi).equals(row.npi_token)
}
