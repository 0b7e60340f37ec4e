import {
  FIELD_PATHS,
  type FieldClass,
  fieldOf,
  type IdentifierCategory,
  RESOURCE_TYPES,
  type ResourceType,
  type SafeHarborTreatment,
} from '@chartward/policy'
import { canonicalJson } from '../shared/canonical-json.ts'
import { DeidError } from '../shared/errors.ts'
import { ZIP3_SOURCE, ZIP3_TABLE_HASH, ZIP3_THRESHOLD } from '../shared/zip3.ts'
import { AGE_GROUP } from './safe-harbor/age.ts'
import { CATEGORY_COVERAGE, type CategoryCoverage } from './safe-harbor/categories.ts'
import type { FieldCounts, FieldTally } from './tally.ts'

export const MANIFEST_FORMAT = 'chartward-release-manifest/1'

/**
 * Why a record is kept out of a release: a security label restricts it, something that nobody here
 * understands changes its meaning, it was taken back (entered in error, cancelled), or it says that something
 * is not so or not to be done.
 */
export type LeftOut = 'labelled' | 'not-understood' | 'retracted' | 'negated'
export type LeftOutCounts = Record<LeftOut, number>

export const NOTHING_LEFT_OUT: Readonly<LeftOutCounts> = Object.freeze({
  labelled: 0,
  'not-understood': 0,
  retracted: 0,
  negated: 0,
})

export interface ReleasedFile {
  readonly name: string
  readonly bytes: number
  /** SHA-256 of the file's bytes, in lower-case hex. */
  readonly sha256: string
}

export interface ManifestInput {
  readonly exportId: string
  readonly profile: 'safe-harbor'
  readonly asOf: Date
  readonly policyVersion: string
  readonly patients: number
  /** People of whom nothing is released, for what is said of their own record. */
  readonly patientsLeftOut: number
  /** Records of the others that are not released, by reason. */
  readonly recordsLeftOut: Readonly<LeftOutCounts>
  readonly counts: Readonly<Partial<Record<ResourceType, number>>>
  readonly files: readonly ReleasedFile[]
  readonly tally: FieldTally
  /**
   * Further facts of the release (request id, approval ids, format): opaque ids and closed words, never PHI.
   */
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>
}

export interface ManifestField extends FieldCounts {
  readonly path: string
  readonly class: FieldClass
  readonly category: IdentifierCategory
  readonly treatment: SafeHarborTreatment
}

export interface Manifest {
  readonly format: typeof MANIFEST_FORMAT
  readonly exportId: string
  readonly profile: 'safe-harbor'
  readonly basis: '45 CFR 164.514(b)(2)'
  readonly asOf: string
  readonly policyVersion: string
  readonly patients: number
  readonly patientsLeftOut: number
  readonly recordsLeftOut: Readonly<LeftOutCounts>
  readonly counts: Readonly<Record<string, number>>
  readonly files: readonly ReleasedFile[]
  /** Every field of the catalog for the released types, the dropped ones too. */
  readonly fields: readonly ManifestField[]
  /** Fields of the source that the catalog does not name, all left out. */
  readonly unnamedFieldsDropped: number
  readonly categories: readonly CategoryCoverage[]
  readonly rules: {
    readonly ageGroup: typeof AGE_GROUP
    readonly zip3: { readonly source: string; readonly threshold: number; readonly sha256: string }
  }
  readonly facts: Readonly<Record<string, string | number | boolean | null>>
}

const bad = (what: string) => new DeidError('bad-manifest', `The manifest cannot be built: ${what}.`)

const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0

const checked = (input: ManifestInput): void => {
  if (Number.isNaN(input.asOf.getTime()))
    throw new DeidError('bad-as-of', 'The as-of date is not a valid date.')
  const counted = [
    input.patients,
    input.patientsLeftOut,
    ...Object.values(input.recordsLeftOut),
    ...Object.values(input.counts),
  ]
  if (!counted.every(isCount)) throw bad('a count is not a whole number')
  if (new Set(input.files.map(({ name }) => name)).size !== input.files.length)
    throw bad('two files have one name')
  if (!input.files.every(({ bytes, sha256 }) => isCount(bytes) && /^[0-9a-f]{64}$/.test(sha256)))
    throw bad('a file lacks its size or its SHA-256')
}

/**
 * What was released, by which rules, and what became of every field. Deterministic: the same input gives the
 * same manifest. Throws `bad-manifest`, `bad-as-of`.
 */
export const buildManifest = (input: ManifestInput): Manifest => {
  checked(input)
  const released = RESOURCE_TYPES.filter((type) => input.counts[type] !== undefined)
  return {
    format: MANIFEST_FORMAT,
    exportId: input.exportId,
    profile: input.profile,
    basis: '45 CFR 164.514(b)(2)',
    asOf: input.asOf.toISOString().slice(0, 10),
    policyVersion: input.policyVersion,
    patients: input.patients,
    patientsLeftOut: input.patientsLeftOut,
    recordsLeftOut: { ...NOTHING_LEFT_OUT, ...input.recordsLeftOut },
    counts: Object.fromEntries(released.map((type) => [type, input.counts[type] ?? 0])),
    files: input.files.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    fields: FIELD_PATHS.flatMap((path) => {
      const field = fieldOf(path)
      if (field === undefined || !released.some((type) => path.startsWith(`${type}.`))) return []
      const { kept, grouped, suppressed } = input.tally.countsOf(path)
      return [
        {
          path,
          class: field.class,
          category: field.identifier,
          treatment: field.safeHarbor,
          kept,
          grouped,
          suppressed,
        },
      ]
    }),
    unnamedFieldsDropped: input.tally.unnamedTotal(),
    categories: CATEGORY_COVERAGE,
    rules: {
      ageGroup: AGE_GROUP,
      zip3: { source: ZIP3_SOURCE, threshold: ZIP3_THRESHOLD, sha256: ZIP3_TABLE_HASH },
    },
    facts: input.facts ?? {},
  }
}

/** The bytes to hash and sign: canonical JSON (RFC 8785), as text without a line end. */
export const manifestJson = (manifest: Manifest): string => canonicalJson(manifest)
