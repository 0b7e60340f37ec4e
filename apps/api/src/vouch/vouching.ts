import type { EntryRow } from '@chartward/audit'
import type { Transaction } from '@chartward/db'
import { eq, type SQL } from 'drizzle-orm'
import type { PgTable, PgUpdateSetSource } from 'drizzle-orm/pg-core'
import { commitTo } from '../audit/commitments.ts'
import { ChartwardError } from '../core/errors.ts'
import type { Logger } from '../core/log.ts'
import type { Heads } from './heads.ts'
import { KINDS, type Kind, type NewRow, ownerOf, type RowOf, type SealedRow } from './kinds.ts'
import type { RowSeals } from './row-seals.ts'

type Known = { readonly id: string }
type Sealed<K extends Kind> = SealedRow<K> & Known

/** Why a row does not count. */
export type RowProblem = 'bad-seal' | 'earlier-state' | 'row-missing'

export interface VouchingOptions {
  readonly seals: RowSeals
  readonly heads: Pick<Heads, 'of' | 'missing'>
  readonly log: Logger
}

/** What is changed of a row, or how that follows from the row. */
type Patch<K extends Kind> = Partial<NewRow<K>> | ((row: RowOf<K>) => Partial<NewRow<K>>)

interface Write<K extends Kind> {
  readonly kind: K
  readonly where: SQL | undefined
  readonly patch: Patch<K>
  /** How much later a version the row is then: none where only what is passing changes. */
  readonly step: 0 | 1
  /** What is done with a row that does not count. */
  readonly forged: 'refuse' | 'leave'
}

/** How often the same row is complained of, in milliseconds. */
const SAY_AGAIN_MS = 60_000

/**
 * Rows that give somebody something, or take it away. They are written here, sealed, with their versions
 * counted and committed to by the transaction's audit entry; and they count only where their seal holds and
 * they are no older than what the log says of them.
 */
export class Vouching {
  readonly #options: VouchingOptions
  readonly #said = new Map<string, number>()

  constructor(options: VouchingOptions) {
    this.#options = options
  }

  /** Writes new rows, at version 1. An audit entry of the same transaction has to follow. */
  async insert<K extends Kind>(tx: Transaction, kind: K, rows: readonly NewRow<K>[]): Promise<void> {
    if (rows.length === 0) return
    const sealed = rows.map((row) => this.#seal(kind, 1, row))
    const table: PgTable = KINDS[kind].table
    await tx.orm.insert(table).values(sealed.map(({ row }) => row))
    commitTo(
      tx,
      sealed.map(({ said }) => said),
    )
  }

  /**
   * Changes the rows of `where` by `patch`, each locked first, and gives them as they stand then. Rejects
   * INTEGRITY, and changes nothing, where one of them does not count: what was forged is not vouched for by
   * writing it anew. An audit entry of the same transaction has to follow.
   */
  change<K extends Kind>(
    tx: Transaction,
    kind: K,
    where: SQL | undefined,
    patch: Patch<K>,
  ): Promise<RowOf<K>[]> {
    return this.#write(tx, { kind, where, patch, step: 1, forged: 'refuse' })
  }

  /**
   * The same for what only takes away. A row that does not count gives nothing, and is left as it is: whoever
   * puts one in can't keep the others from being ended.
   */
  end<K extends Kind>(
    tx: Transaction,
    kind: K,
    where: SQL | undefined,
    patch: Patch<K>,
  ): Promise<RowOf<K>[]> {
    return this.#write(tx, { kind, where, patch, step: 1, forged: 'leave' })
  }

  /**
   * The same for what of a row is passing: it stays the version that it is, and no entry follows. A row that
   * somebody else is changing just then is left out: nobody waits for what passes.
   */
  pass<K extends Kind>(
    tx: Transaction,
    kind: K,
    where: SQL | undefined,
    patch: Patch<K>,
  ): Promise<RowOf<K>[]> {
    return this.#write(tx, { kind, where, patch, step: 0, forged: 'refuse' })
  }

  /** Whether a row counts. One that does not is said in the process's log. */
  async admits<K extends Kind>(kind: K, row: Sealed<K>): Promise<boolean> {
    const hash = await this.#options.seals.check(kind, row)
    if (hash === null) return this.#refuse(kind, row.id, 'bad-seal')
    const head = this.#options.heads.of(kind, row.id)
    if (head === undefined || head.version < row.rowVersion) return true
    if (head.version === row.rowVersion && head.hash === hash) return true
    return this.#refuse(kind, row.id, 'earlier-state')
  }

  /**
   * Whether these rows, all that the database has of a kind and of whom they are, count, and none is missing
   * that the log knows of.
   */
  async admitsAll<K extends Kind>(kind: K, owner: string, rows: readonly Sealed<K>[]): Promise<boolean> {
    for (const row of rows) if (!(await this.admits(kind, row))) return false
    const [missing] = this.#options.heads.missing(kind, owner, new Set(rows.map(({ id }) => id)))
    return missing === undefined || this.#refuse(kind, missing.id, 'row-missing')
  }

  /** The row itself, where it counts; else rejects INTEGRITY. */
  async require<K extends Kind, R extends Sealed<K>>(kind: K, row: R): Promise<R> {
    if (!(await this.admits(kind, row))) throw new ChartwardError('INTEGRITY')
    return row
  }

  async #write<K extends Kind>(
    tx: Transaction,
    { kind, where, patch, step, forged }: Write<K>,
  ): Promise<RowOf<K>[]> {
    const { table } = KINDS[kind]
    const rows = (await tx.orm
      .select()
      .from(table as PgTable)
      .where(where)
      .for('update', step === 0 ? { skipLocked: true } : {})) as RowOf<K>[]
    const written: RowOf<K>[] = []
    const said: EntryRow[] = []
    for (const row of rows) {
      if (!(await this.admits(kind, row as Sealed<K> & RowOf<K>))) {
        if (forged === 'refuse') throw new ChartwardError('INTEGRITY')
        continue
      }
      const values = typeof patch === 'function' ? patch(row) : patch
      const next = this.#seal(kind, row.rowVersion + step, { ...row, ...values })
      const { rowVersion, seal } = next.row
      await tx.orm
        .update(table as PgTable)
        .set({ ...values, rowVersion, seal } as PgUpdateSetSource<PgTable>)
        .where(eq(table.id, row.id))
      written.push(next.row as RowOf<K>)
      said.push(next.said)
    }
    if (step === 1 && said.length > 0) commitTo(tx, said)
    return written
  }

  #seal<R extends Readonly<Record<string, unknown>>>(
    kind: Kind,
    rowVersion: number,
    row: R,
  ): { row: R & { rowVersion: number; seal: Buffer }; said: EntryRow } {
    const values: Readonly<Record<string, unknown>> = row
    const { seal, hash } = this.#options.seals.make(kind, rowVersion, values)
    return {
      row: { ...row, rowVersion, seal },
      said: {
        kind,
        id: String(values.id),
        owner: ownerOf(kind, values),
        version: rowVersion,
        hash,
      },
    }
  }

  #refuse(kind: Kind, id: string, rowProblem: RowProblem): false {
    const now = performance.now()
    const key = `${kind}/${id}/${rowProblem}`
    const before = this.#said.get(key)
    if (before !== undefined && now - before < SAY_AGAIN_MS) return false
    if (this.#said.size >= 1_000) this.#said.clear()
    this.#said.set(key, now)
    this.#options.log.error(
      { rowKind: kind, rowId: id, rowProblem },
      'a row is none that the application vouches for: it does not count. Run `chartward verify --database`',
    )
    return false
  }
}
