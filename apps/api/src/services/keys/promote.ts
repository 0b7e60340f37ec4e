import type { Transaction } from '@chartward/db'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import { keyHash } from '../../keys/create-keys.ts'
import { tellMovedOn } from './key-entries.ts'

const BY = { actor: { kind: 'system', name: 'rotate-keys' } } as const

interface Row {
  readonly id: string
  readonly purpose: string
  readonly version: number
  readonly kek_id: string | null
  readonly wrapped: Buffer
}

/**
 * Has a key that is pending come into force, in the caller's transaction; the one before opens and checks
 * from then on what it made. Does nothing where that was done already. Rejects UNAVAILABLE for a key that
 * this process could not use.
 */
export const promote = async (
  tx: Transaction,
  app: App,
  kind: 'kek' | 'system',
  id: string,
): Promise<void> => {
  const table = kind === 'kek' ? 'keks' : 'system_keys'
  const { sql } = tx
  const columns = kind === 'kek' ? sql`'kek' as purpose, null::uuid as kek_id` : sql`purpose, kek_id`
  const [pending] = await sql<Row[]>`
    select id, version, wrapped, ${columns} from ${sql(table)} where id = ${id} and state = 'pending' for update`
  if (pending === undefined) return
  // With a KEK that the key store does not give, or a key that does not unwrap, nobody could make anything.
  const isAtHand = kind === 'kek' ? await app.keyring.canWrapUnder(id) : app.keyring.holdsSystemKey(id)
  if (!isAtHand) throw new ChartwardError('UNAVAILABLE')
  const inForce = kind === 'kek' ? sql`true` : sql`purpose = ${pending.purpose}`
  const before = await sql<Row[]>`
    update ${sql(table)} set state = 'decrypt-only' where state = 'primary' and ${inForce}
    returning id, version, wrapped, ${columns}`
  const { count } = await sql`
    update ${sql(table)} set state = 'primary' where id = ${id} and state = 'pending'`
  if (count !== 1) throw new ChartwardError('CONFLICT')
  for (const row of before) await tellMovedOn(tx, app, BY, told(row, 'decrypt-only'), { state: 'primary' })
  await tellMovedOn(tx, app, BY, told(pending, 'primary'), { state: 'pending' })
}

const told = ({ id, purpose, version, kek_id: kekId, wrapped }: Row, state: string) => ({
  id,
  purpose,
  version,
  keyHash: keyHash({ kekId, wrapped }),
  state,
})
