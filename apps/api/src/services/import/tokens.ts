import { exactToken } from '@chartward/crypto'
import type { ResourceType } from '@chartward/policy'
import type { Keyring } from '../../keys/keyring.ts'

/** The source of files of which nothing else is said. */
export const DEFAULT_SOURCE = 'main'

/** What the operator calls the system that files come from. Two systems may use the same ids for different people. */
export const SOURCE_NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/

/** The token by which an imported resource of a source is known again: its source id itself may identify the person. */
export const sourceToken = (keyring: Keyring, source: string, type: ResourceType, sourceId: string): Buffer =>
  exactToken(keyring.systemKey('source-ids').key, `id:${source}:${type}`, sourceId)

/** A keyed hash of a resource as it was mapped: equal for an unchanged one, so that importing it again changes nothing. */
export const contentToken = (keyring: Keyring, type: ResourceType, content: string): Buffer =>
  exactToken(keyring.systemKey('source-ids').key, `content:${type}`, content)

/** A keyed hash of a file's name: names of files can hold names of people, and few enough words to be guessed. */
export const fileToken = (keyring: Keyring, name: string): string =>
  exactToken(keyring.systemKey('source-ids').key, 'file', name).toString('hex')
