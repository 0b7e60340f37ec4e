import { jsonTexts, watchFor } from './canaries.ts'
import type { Zip3Populations } from './cell-rules.ts'
import { checkCompanions } from './companions.ts'
import { readData } from './data-files.ts'
import { checkDictionaryFigures } from './dictionary.ts'
import { collectFindings, type TableFinding } from './finding.ts'
import type { ReleaseFolder } from './folder.ts'
import { checkPlan } from './plan-agreement.ts'
import { checkProfile } from './profile-rules.ts'
import { MANIFEST, readManifest } from './read-manifest.ts'
import { type Recomputed, recompute } from './recompute.ts'
import { checkFileList, type Release } from './release.ts'
import { checkZip3Table } from './zip3-table.ts'

export interface VerifyOptions {
  /**
   * Values of the source that may stand nowhere in the release, 4 letters or digits or more each. PHI: never
   * part of a finding.
   */
  readonly canaries?: readonly string[]
  /** People of each three-digit ZIP Code area. Needed where a Safe Harbor release has ZIP Codes. */
  readonly zip3Populations?: Zip3Populations
  /**
   * SHA-256 (hex) of the plan that was approved: without it, the release is checked against the plan that it
   * brings along.
   */
  readonly planSha256?: string
}

export interface TableVerification {
  /** No fault of any kind, and everything could be looked at. A release may be handed out only then. */
  readonly ok: boolean
  /** At most 10 of one kind in one column of one file. */
  readonly findings: readonly TableFinding[]
  /** All faults, also those that are not listed. */
  readonly total: number
  /** Null where no table of the release could be read. */
  readonly recomputed: Recomputed | null
}

const verify = async (
  release: Release,
  { zip3Populations, planSha256 }: VerifyOptions,
): Promise<Recomputed | null> => {
  const { manifest, raw, findings, watch } = release
  checkFileList(release)
  checkPlan(manifest, raw.plan, planSha256, findings)
  checkProfile(manifest, findings)
  checkZip3Table(release, zip3Populations)
  for (const text of jsonTexts(raw)) watch.look(text, { file: MANIFEST })
  const dictionary = await checkCompanions(release)
  const table = await readData(release)
  if (table !== null && dictionary !== undefined)
    checkDictionaryFigures('dictionary.json', dictionary, manifest, table, findings)
  return table === null ? null : recompute(release, table, zip3Populations ?? new Map())
}

/**
 * Reads the files of a released table as its recipient would, and works out again everything that its
 * manifest claims: hashes, counts, classes, every model, risks, loss, and that no cell shows what the profile
 * leaves out. Shares no code with what built the release. Never throws for what it reads: whatever is wrong
 * is a finding, and a release without any is confirmed.
 *
 * What no verifier can see from the files alone: how large the source was, how many patients it truly had and
 * which ids are one person's (a builder that gives one patient two ids doubles its classes), what a label of
 * a hierarchy truly covers, the source's distribution but for what was released of it, the risks before, and
 * that no better solution exists. Those stand on the engine and the signature.
 */
export const verifyTableRelease = async (
  folder: ReleaseFolder,
  options: VerifyOptions = {},
): Promise<TableVerification> => {
  const findings = collectFindings()
  const watch = watchFor(options.canaries ?? [], findings)
  let recomputed: Recomputed | null = null
  try {
    const present = new Set(await folder.names())
    const read = present.has(MANIFEST) ? await readManifest(folder, findings) : null
    if (!present.has(MANIFEST)) findings.add('missing-file', { file: MANIFEST }, 'The release lacks it.')
    if (read !== null) recomputed = await verify({ ...read, folder, present, findings, watch }, options)
  } catch {
    // What failed may quote what it read.
    findings.add('unreadable', {}, 'The release could not be read.')
  }
  const ok = findings.total === 0 && recomputed !== null
  return { ok, findings: findings.list, total: findings.total, recomputed }
}
