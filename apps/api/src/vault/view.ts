import { type Meaning, meaningOf, securityLabels, titleOf, undeclared } from '@chartward/fhir'
import {
  type FieldPath,
  type PatientId,
  projectRecord,
  type RecordId,
  type ResourceType,
  readableClasses,
  type Scope,
  scopeUnder,
} from '@chartward/policy'
import type { Logger } from '../core/log.ts'
import type { Keyring } from '../keys/keyring.ts'
import { mergedFields, type OpenedRecord, openRecord } from './open-record.ts'
import { openedClasses } from './opened-classes.ts'
import type { SealedVersion } from './version.ts'

/** A record as its reader may see it: values by field name, clear or as MaskedValue. */
export interface RecordView {
  readonly id: RecordId
  readonly type: ResourceType
  readonly version: number
  readonly authoredAt: Date
  readonly values: Record<string, unknown>
  /** What no field is declared for, as it was sent; null for whoever is not shown the whole of a record. */
  readonly rest: Record<string, unknown> | null
  /** What it is about, of what is shown clear. */
  readonly title: string | null
  /** Of all that was opened: that something is negated is shown also where the field that says it is not. */
  readonly meaning: Meaning
  readonly untrusted: boolean
  /** Its security labels keep it from this reader: nothing of it is told but that it is there. */
  readonly withheld: boolean
}

/** Views of records, and the paths that they show: what the audit entry names. */
export interface Views {
  readonly items: RecordView[]
  readonly shown: ReadonlySet<FieldPath>
  readonly masked: ReadonlySet<FieldPath>
}

const WITHHELD = {
  values: {},
  rest: null,
  title: null,
  meaning: {
    standing: 'said',
    words: [],
    counts: false,
    struck: false,
    stands: false,
    absence: null,
    labels: [],
  },
  withheld: true,
} as const satisfies Partial<RecordView>

/** Opens stored versions of one patient under the Scope and cuts each down to what it grants. */
export const viewVersions = async (
  app: { readonly keyring: Keyring; readonly log: Logger },
  scope: Scope,
  patientId: PatientId,
  versions: readonly SealedVersion[],
): Promise<Views> => {
  const shown = new Set<FieldPath>()
  const masked = new Set<FieldPath>()
  if (versions.length === 0) return { items: [], shown, masked }
  const open = (keys: Parameters<typeof openRecord>[2]): OpenedRecord[] =>
    versions.map((version) => openRecord(version, openedClasses(scope, version.resourceType), keys))
  const opened =
    app.keyring.withCachedPatientKeys(patientId, open) ?? (await app.keyring.withPatientKeys(patientId, open))
  const items = opened.map((record) => {
    if (!record.trusted) {
      app.log.error(
        { recordId: record.id, version: record.version },
        'a stored record failed its integrity check',
      )
    }
    const { id, type, version, authoredAt } = record
    const labels = securityLabels(type, record.fields)
    const own = scopeUnder(scope, labels)
    if (own !== scope && readableClasses(own, type).length === 0)
      return { id, type, version, authoredAt, ...WITHHELD, untrusted: !record.trusted }
    const projection = projectRecord(own, type, mergedFields(record))
    for (const path of projection.shown) shown.add(path)
    for (const path of projection.masked) masked.add(path)
    const { values } = projection
    const title = titleOf(type, values)?.value ?? null
    const meaning = meaningOf(type, record.fields, labels)
    return {
      id,
      type,
      version,
      authoredAt,
      values,
      rest: own.whole ? undeclared(record.fields) : null,
      title,
      meaning,
      untrusted: !record.trusted,
      withheld: false,
    }
  })
  return { items, shown, masked }
}
