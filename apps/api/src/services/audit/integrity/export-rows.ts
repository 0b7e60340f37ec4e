import { AuditError, type JsonValue } from '@chartward/audit'
import type { Connection } from '@chartward/db'
import { RELEASE_FORMATS } from '../../exports/build/formats.ts'
import { manifestHash } from '../../exports/manifest-hash.ts'
import type { Findings } from './findings.ts'
import type { LoggedEntry, Place } from './logged-entry.ts'
import type { Witness } from './witness.ts'

interface Told {
  readonly leaf: Place
  /** The hash of the manifest, once the release has been built. */
  manifest: JsonValue
  /** Whether the log says that the files are there. */
  stored: boolean
}

/**
 * Compares requests for exports, and their releases, with what the log says became of them. Each request has
 * had a person's decision, so that there are few enough to be held.
 */
export class ExportWitness implements Witness {
  readonly #sql: Connection['sql']
  readonly #findings: Findings
  readonly #told = new Map<string, Told>()

  constructor(sql: Connection['sql'], findings: Findings) {
    this.#sql = sql
    this.#findings = findings
  }

  async see(entries: readonly LoggedEntry[]): Promise<void> {
    for (const { leaf, entry } of entries) {
      const { id } = entry.resource
      if (entry.outcome !== 'success' || id === null) continue
      const before = this.#told.get(id)
      if (entry.action === 'export.requested') this.#told.set(id, { leaf, manifest: null, stored: false })
      else if (entry.action === 'export.built' && before !== undefined)
        Object.assign(before, { manifest: entry.change.after?.manifestHash ?? null, stored: true })
      else if (entry.action === 'export.expired' && before !== undefined) before.stored = false
    }
  }

  async end(): Promise<void> {
    const rows = await this.#sql<{ id: string; manifest: JsonValue; formats: string[] }[]>`
      select id, manifest, array(select distinct format from release_chunks c where c.export_id = r.id) as formats
      from export_requests r order by id`
    const found = new Map(rows.map((row) => [row.id, row]))
    for (const [id, told] of this.#told) {
      const row = found.get(id)
      if (row === undefined) {
        this.#findings.add('export-missing', `the request for export ${id} is gone`, told.leaf)
        continue
      }
      if (hashOf(row.manifest) !== told.manifest)
        this.#findings.add(
          'export-changed',
          `the manifest of export ${id} is not that of its build`,
          told.leaf,
        )
      const missing = RELEASE_FORMATS.filter((format) => !row.formats.includes(format))
      if (told.stored && missing.length > 0)
        this.#findings.add(
          'release-missing',
          `the release of export ${id} lacks ${missing.join(', ')}`,
          told.leaf,
        )
      if (!told.stored && row.formats.length > 0)
        this.#findings.add('release-unlogged', `no entry tells that export ${id} was built`, told.leaf)
    }
    for (const { id } of rows)
      if (!this.#told.has(id))
        this.#findings.add('export-unlogged', `no entry tells that export ${id} was asked for`)
  }
}

/** Null for no manifest; of one that is no JSON of ours, a hash that no entry has. */
const hashOf = (manifest: JsonValue): string | null => {
  if (manifest === null) return null
  try {
    return manifestHash(manifest)
  } catch (error) {
    if (error instanceof AuditError) return ''
    throw error
  }
}
