import type { Transaction } from '@chartward/db'
import type { App } from '../../app.ts'
import type { EntryBase } from '../../audit/entry.ts'
import type { CreatedKey } from '../../keys/create-keys.ts'

/** What an entry says of a stored key: what an auditor compares its row with. */
export interface ToldKey extends CreatedKey {
  readonly state: string
}

/** A key that was made. */
export const tellMade = async (tx: Transaction, { audit }: App, base: EntryBase, made: ToldKey) => {
  const { id, ...key } = made
  await audit.append(tx, {
    ...base,
    action: 'key.created',
    outcome: 'success',
    resource: { type: 'Key', id },
    change: { before: null, after: { ...key } },
  })
}

/** A key that has another state now, or is wrapped under another KEK. */
export const tellMovedOn = async (
  tx: Transaction,
  { audit }: App,
  base: EntryBase,
  { id, ...key }: ToldKey,
  before: { readonly state: string },
) => {
  await audit.append(tx, {
    ...base,
    action: 'key.moved-on',
    outcome: 'success',
    resource: { type: 'Key', id },
    change: { before: { state: before.state }, after: { ...key } },
  })
}
