import { exactToken } from '@chartward/crypto'
import type { ResourceType } from '@chartward/policy'
import type { Keyring } from '../../keys/keyring.ts'

/** The token by which an imported resource is known again: its source id itself may identify the person. */
export const sourceToken = (keyring: Keyring, type: ResourceType, sourceId: string): Buffer =>
  exactToken(keyring.systemKey('source-ids').key, `id:${type}`, sourceId)

/** A keyed hash of a resource as it was mapped: equal for an unchanged one, so that importing it again changes nothing. */
export const contentToken = (keyring: Keyring, type: ResourceType, content: string): Buffer =>
  exactToken(keyring.systemKey('source-ids').key, `content:${type}`, content)
