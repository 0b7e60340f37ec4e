import { toHex } from '@chartward/audit'
import type { Connection } from '@chartward/db'
import { type StoredDirectoryRow, storedDirectoryHash } from '../../directory/directory.ts'
import type { Findings } from './findings.ts'
import { type LoggedEntry, type Place, textsFact } from './logged-entry.ts'
import type { Witness } from './witness.ts'

/** What writes directory entries. */
const WRITES: ReadonlySet<string> = new Set(['record.imported', 'record.withdrawn', 'key.resealed'])
const PAGE = 5_000
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/**
 * Compares the directory's rows with what the last entry that wrote each of them committed to. A row that is
 * not what an entry says may be what a later one does: those are held until the end, and the ids of all,
 * which are as many as practitioners and organizations.
 */
export class DirectoryWitness implements Witness {
  readonly #sql: Connection['sql']
  readonly #findings: Findings
  /** What was committed to and is not there, with the leaf that says so. */
  readonly #open = new Map<string, Place>()
  readonly #told = new Set<string>()

  constructor(sql: Connection['sql'], findings: Findings) {
    this.#sql = sql
    this.#findings = findings
  }

  async see(entries: readonly LoggedEntry[]): Promise<void> {
    for (const logged of entries) {
      const { action, outcome, resource } = logged.entry
      if (!WRITES.has(action) || outcome !== 'success' || resource.type !== 'Directory') continue
      const hashes = textsFact(logged, 'hashes')
      const ids = textsFact(logged, 'entries')
      const found = await this.#hashes(ids)
      for (const [i, id] of ids.entries()) {
        this.#told.add(id)
        if (found.get(id) === hashes[i]) this.#open.delete(id)
        else this.#open.set(id, logged.leaf)
      }
    }
  }

  async end(): Promise<void> {
    const ids = [...this.#open.keys()]
    const there = await this.#hashes(ids)
    for (const [id, leaf] of this.#open) {
      if (there.has(id))
        this.#findings.add('directory-changed', `directory entry ${id} is not what was last written`, leaf)
      else this.#findings.add('directory-missing', `directory entry ${id} is gone`, leaf)
    }
    await this.#unlogged()
  }

  /** Finds rows that no entry has named. */
  async #unlogged(): Promise<void> {
    for (let after = FIRST_ID; ; ) {
      const rows = await this.#sql<{ id: string }[]>`
        select id from directory_entries where id > ${after} order by id limit ${PAGE}`
      for (const { id } of rows)
        if (!this.#told.has(id))
          this.#findings.add('directory-unlogged', `no entry tells of directory entry ${id}`)
      const last = rows.at(-1)
      if (last === undefined || rows.length < PAGE) return
      after = last.id
    }
  }

  async #hashes(ids: readonly string[]): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map()
    const rows = await this.#sql<StoredDirectoryRow[]>`
      select id, type, source_token, key_version, npi_token, npi_key_version, content_tag, trusted
      from directory_entries where id = any(${[...ids]}::uuid[])`
    return new Map(rows.map((row) => [row.id, toHex(storedDirectoryHash(row))]))
  }
}
