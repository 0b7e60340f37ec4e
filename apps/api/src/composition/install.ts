import type { KmsProvider } from '@chartward/crypto'
import { type Database, schema, type Transaction, withTransaction } from '@chartward/db'
import { newId } from '../core/ids.ts'
import { type CreatedKey, createKeys, hasPrimaryKek } from '../keys/create-keys.ts'

/**
 * Says once what this database is, and makes its first keys. `onCreated` says so in the audit log, in the
 * same transaction: a key that no entry names is never there. Does nothing where that was done already;
 * rejects where the database is of the other mode, so that a demo can't become a production installation nor
 * the other way round.
 */
export const install = async (
  db: Database,
  kms: KmsProvider,
  wanted: {
    readonly mode: 'demo' | 'production'
    readonly logOrigin: string
    /** As the schema says, unless told. */
    readonly plannedPatients?: number | undefined
    readonly nameBits?: number | undefined
  },
  onCreated: (tx: Transaction, created: readonly CreatedKey[]) => Promise<void> = async () => undefined,
): Promise<void> =>
  withTransaction(db, 'none', async (tx) => {
    const { mode, logOrigin, plannedPatients, nameBits } = wanted
    await tx.orm
      .insert(schema.installation)
      .values({
        mode,
        logOrigin,
        ...(plannedPatients === undefined ? {} : { plannedPatients }),
        ...(nameBits === undefined ? {} : { nameBits }),
      })
      .onConflictDoNothing()
    const [row] = await tx.orm.select().from(schema.installation).for('update')
    if (row?.mode !== wanted.mode) {
      throw new Error(
        `This database is a ${row?.mode} installation and stays one: give another database or data folder.`,
      )
    }
    if (await hasPrimaryKek(tx)) return
    await onCreated(tx, await createKeys(tx, kms, newId))
  })
