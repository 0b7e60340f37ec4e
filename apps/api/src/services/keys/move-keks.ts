import { constantTimeEqual, unwrapKek, wipeKey, wrapKek } from '@chartward/crypto'
import { type Database, schema, withTransaction } from '@chartward/db'
import { and, eq, ne } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { installationName } from '../../core/installation.ts'
import { keyHash } from '../../keys/create-keys.ts'
import type { KmsPair } from '../../keys/kms/open-kms.ts'

export interface MoveKeks {
  /** The login `chartward_owner`: the application's may change no stored key. */
  readonly owner: Database
  readonly audit: App['audit']
  readonly kms: KmsPair
  /** Who does it, as the command line knows them. */
  readonly operator: string
  readonly onMoved?: (moved: number, of: number) => void
}

/**
 * Wraps every KEK anew by `kms.next`, one after the other, each in a transaction with its entry. A KEK is
 * unwrapped by what wrapped it and, before it is stored, by what has just wrapped it. Broken off anywhere,
 * what is moved is moved, and the next run goes on with the rest; none is ever wrapped by neither. Gives how
 * many were moved, and how many there are. Rejects as the providers do; KEKs that are destroyed stay.
 */
export const moveKeks = async (move: MoveKeks): Promise<{ readonly moved: number; readonly all: number }> => {
  const { owner, kms, onMoved } = move
  const rows = await owner.orm
    .select()
    .from(schema.keks)
    .where(ne(schema.keks.state, 'destroyed'))
    .orderBy(schema.keks.id)
  const left = rows.filter(({ provider }) => provider !== kms.next.name)
  let moved = 0
  for (const row of left) {
    if (await moveKek(move, row)) moved += 1
    onMoved?.(moved, left.length)
  }
  return { moved, all: rows.length }
}

type KekRow = typeof schema.keks.$inferSelect

/** False where somebody else has moved or changed the row meanwhile: whoever runs it again finds it. */
const moveKek = async ({ owner, audit, kms, operator }: MoveKeks, row: KekRow): Promise<boolean> => {
  const { id, version, state, provider, wrapped } = row
  const rewrapped = await wrapAnew(kms, row, await installationName(owner))
  return withTransaction(owner, 'none', async (tx) => {
    const changed = await tx.orm
      .update(schema.keks)
      .set({ provider: kms.next.name, wrapped: rewrapped })
      .where(and(eq(schema.keks.id, id), eq(schema.keks.wrapped, wrapped), eq(schema.keks.state, state)))
      .returning({ id: schema.keks.id })
    if (changed.length === 0) return false
    await audit.append(tx, {
      action: 'key.moved',
      outcome: 'success',
      actor: { kind: 'system', name: 'keys' },
      resource: { type: 'Key', id },
      facts: { operator },
      change: {
        before: { provider, keyHash: keyHash({ kekId: null, wrapped }) },
        after: {
          purpose: 'kek',
          version,
          keyHash: keyHash({ kekId: null, wrapped: rewrapped }),
          state,
          provider: kms.next.name,
        },
      },
    })
    return true
  })
}

const wrapAnew = async (
  kms: KmsPair,
  { id, provider, wrapped }: KekRow,
  installation: string,
): Promise<Buffer> => {
  const kek = await unwrapKek(kms.named(provider) ?? kms, id, wrapped, installation)
  try {
    const rewrapped = await wrapKek(kms.next, kek, installation)
    const again = await unwrapKek(kms.next, id, rewrapped, installation)
    const isSame = constantTimeEqual(kek.key, again.key)
    wipeKey(again.key)
    if (!isSame)
      throw new Error('The new key store gives back another key than it was given. Nothing was changed.')
    return rewrapped
  } finally {
    wipeKey(kek.key)
  }
}
