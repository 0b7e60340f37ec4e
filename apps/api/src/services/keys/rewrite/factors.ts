import { uuidToBytes } from '@chartward/crypto'
import { schema, type Transaction } from '@chartward/db'
import { eq } from 'drizzle-orm'
import type { App } from '../../../app.ts'
import { ChartwardError } from '../../../core/errors.ts'
import { resealedSecret } from '../../auth/factors.ts'
import { afterOf, FIRST_ID, type Rewrite } from './batch.ts'

const { totpFactors } = schema

const BATCH = 100

/** Seals anew the secrets that people's authenticator apps share with us: nobody enrols anything again. */
export const resealFactors: Rewrite = async (tx, app, after) => {
  const keyId = await app.keyring.sealKeyId('factor-secrets')
  const rows = await tx.sql<{ id: string }[]>`
    select id from totp_factors where substring(secret from 3 for 16) <> ${uuidToBytes(keyId)}
      and id > ${after ?? FIRST_ID} order by id limit ${BATCH}`
  let done = 0
  for (const { id } of rows) done += await resealFactor(tx, app, id)
  return {
    after: afterOf(rows, BATCH),
    done,
    skipped: rows.length - done,
    tell:
      done === 0
        ? null
        : {
            action: 'key.resealed',
            resource: { type: 'Key', id: keyId },
            count: done,
            facts: { purpose: 'factor-secrets', table: 'totp_factors' },
          },
  }
}

const resealFactor = async (tx: Transaction, app: App, id: string): Promise<number> => {
  const [row] = await tx.orm.select().from(totpFactors).where(eq(totpFactors.id, id)).for('update')
  if (row === undefined) return 0
  try {
    const secret = await resealedSecret(app.keyring, row)
    const changed = await app.vouching.change(tx, 'factor', eq(totpFactors.id, id), { secret })
    return changed.length
  } catch (error) {
    // Put there by another hand: it is left as it is, and signs nobody in.
    if (error instanceof ChartwardError && error.code === 'INTEGRITY') return 0
    throw error
  }
}
