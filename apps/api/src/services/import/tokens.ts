import { exactToken } from '@chartward/crypto'
import type { ResourceType } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'
import type { Keyring } from '../../keys/keyring.ts'
import type { SystemKey } from '../../keys/system-keys.ts'

/** The source of files of which nothing else is said. */
export const DEFAULT_SOURCE = 'main'

/**
 * What the operator calls the system that files come from. Two systems may use the same ids for
 * different people.
 */
export const SOURCE_NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/

/** What the sources of uploads begin with, so that no upload speaks for a source of the operator's. */
const UPLOADED = 'upload.'

/** The source of what people upload under a name. */
export const uploadSource = (name: string): string => `${UPLOADED}${name}`

/** Whether a source is one of uploads, which nobody else imports from. */
export const isUploadSource = (source: string): boolean => source.startsWith(UPLOADED)

/** The name under which people upload what is of a source of uploads. */
export const uploadName = (source: string): string => source.slice(UPLOADED.length)

/** A token, and the version of the key that it was made with. */
export interface SourceToken {
  readonly token: Buffer
  readonly keyVersion: number
}

/**
 * The tokens by which one thing is looked for: under the key in force, which new rows get, and under
 * each older one.
 */
export type SourceTokens = readonly [inForce: SourceToken, ...older: SourceToken[]]

/**
 * The tokens by which an imported resource of a source is known again: its source id itself may
 * identify the person.
 */
export const sourceTokens = (
  keyring: Keyring,
  source: string,
  type: ResourceType,
  sourceId: string,
): SourceTokens => {
  const under = ({ key, version }: SystemKey): SourceToken => ({
    token: exactToken(key, `id:${source}:${type}`, sourceId),
    keyVersion: version,
  })
  const [, ...older] = keyring.tokenKeys('source-ids')
  return [under(keyring.tokenKey('source-ids')), ...older.map(under)]
}

/** One string for a token, to look it up by in a map. */
export const keyOf = (token: Buffer): string => token.toString('base64')

/** A row's token with all that goes by it. */
export interface SourceRow extends SourceToken {
  /** Whether the row came from a trusted file. */
  readonly trusted: boolean
}

/**
 * A keyed hash of a resource as it was mapped together with its row's token and trust, so that neither is
 * changed, or exchanged with another row's, without the key.
 */
export const contentToken = (
  keyring: Keyring,
  type: ResourceType,
  content: string,
  { token, keyVersion, trusted }: SourceRow,
): Buffer => {
  const key = keyring.tokenKeys('source-ids').find(({ version }) => version === keyVersion)
  if (key === undefined) throw new ChartwardError('UNAVAILABLE', 'A key of source ids is gone.')
  const place = [type, trusted, token.toString('hex')].join(':')
  return exactToken(key.key, `content:${place}`, content)
}

/** Whether a resource is as it was when its row was written: importing it again changes nothing. */
export const isUnchanged = (
  keyring: Keyring,
  type: ResourceType,
  content: string,
  known: (SourceRow & { readonly content: Buffer | null }) | undefined,
): boolean => known?.content?.equals(contentToken(keyring, type, content, known)) === true

/**
 * A keyed hash of a file's name: names of files can hold names of people, and few enough words to be guessed.
 */
export const fileToken = (keyring: Keyring, name: string): string =>
  exactToken(keyring.tokenKey('source-ids').key, 'file', name).toString('hex')
