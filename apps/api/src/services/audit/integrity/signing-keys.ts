import { AuditError, type EnrolledBundleKey, enrolmentNote, LogKeys, signsBundlesAt } from '@chartward/audit'
import { statementOf } from '../../../audit/log/enrolments.ts'
import type { Findings } from './findings.ts'
import type { LoggedEntry } from './logged-entry.ts'
import type { Witness } from './witness.ts'

/**
 * Sees that each signing key of the log was handed over to by the key of its purpose before it, and that
 * bundles were signed by the one in force. The first checkpoint key is the one that the reader has.
 */
export class SigningKeyWitness implements Witness {
  readonly #keys: LogKeys | null
  readonly #findings: Findings
  #bundleKey: EnrolledBundleKey | null = null

  constructor(verifierKey: string, findings: Findings) {
    this.#keys = pinnedBy(verifierKey)
    this.#findings = findings
  }

  async see(entries: readonly LoggedEntry[]): Promise<void> {
    for (const { leaf, entry } of entries) {
      if (leaf.index === null || this.#keys === null) continue
      if (
        entry.action === 'bundle.signed' &&
        entry.outcome === 'success' &&
        !signsBundlesAt(this.#bundleKey, entry.facts.key, leaf.index)
      )
        this.#findings.add('key-not-in-force', 'a bundle was signed by a key that was not in force', leaf)
      const note = enrolmentNote(entry)
      if (note === null) continue
      const statement = await statementOf(note)
      const follows =
        statement?.purpose === 'bundle'
          ? statement.origin === this.#keys.origin &&
            [this.#bundleKey?.statement.key ?? null, this.#keys.keyAt(leaf.index)].includes(
              statement.previous,
            )
          : await this.#keys.enrol(leaf.index, note)
      if (!follows)
        this.#findings.add(
          'key-not-enrolled',
          'a signing key was not handed over to by the one before it',
          leaf,
        )
      else if (statement?.purpose === 'bundle') this.#bundleKey = { statement, index: leaf.index }
    }
  }

  async end(): Promise<void> {}
}

/** Null for a key that is none, which the checkpoint's check names. */
const pinnedBy = (verifierKey: string): LogKeys | null => {
  try {
    return LogKeys.pinned(verifierKey)
  } catch (error) {
    if (error instanceof AuditError) return null
    throw error
  }
}
