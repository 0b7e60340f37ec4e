import { byteaArray, type RowAccess, withTransaction } from '@chartward/db'
import { referenceId, splitSourceId } from '@chartward/fhir'
import type { PatientId, RecordId, ResourceType } from '@chartward/policy'
import type { App } from '../../app.ts'
import { Identities } from '../import/identity.ts'
import { SourceBases } from '../import/source-bases.ts'
import { keyOf } from '../import/tokens.ts'

interface Written {
  readonly type: ResourceType
  readonly reference: string | null
}

interface Found {
  readonly record_id: RecordId
  readonly token: Buffer
  readonly resource_type: string
}

/**
 * The patient's records that references of one of them mean, by type and as the reference is written: found
 * by their source's ids, as the import finds them, from the record's own server on.
 */
export const recordsMeant = async (
  app: App,
  rows: RowAccess,
  patientId: PatientId,
  from: {
    readonly id: RecordId
    readonly type: ResourceType
    readonly values: Readonly<Record<string, unknown>>
  },
  references: readonly Written[],
): Promise<ReadonlyMap<string, RecordId>> => {
  const ids = references.flatMap(({ type, reference }) => {
    const said = reference === null ? null : referenceId(reference)
    return said === null || (said.type !== null && said.type !== type)
      ? []
      : [{ type, reference, id: said.id }]
  })
  if (ids.length === 0) return new Map()
  return withTransaction(app.db, rows, async ({ sql }) => {
    const [own] = await sql<{ source: string; token: Buffer | null }[]>`
      select p.source, s.token from patients p
      left join source_ids s on s.patient_id = p.id and s.record_id = ${from.id} where p.id = ${patientId}`
    if (own === undefined) return new Map()
    const bases = new SourceBases(app, own.source)
    await bases.recall(
      sql,
      ids.flatMap(({ id }) => splitSourceId(id).base ?? []),
    )
    const beside = new Identities(app.keyring, own.source, bases, null).besides(
      from.type,
      String(from.values.id ?? ''),
      own.token,
    )
    const sought = ids.map((one) => ({
      ...one,
      tokens: beside(one.type, one.id)
        .flat()
        .map(({ token }) => token),
    }))
    const found = await sql<Found[]>`
      select s.record_id, s.token, r.resource_type from source_ids s
      join records r on r.patient_id = s.patient_id and r.id = s.record_id
      where s.patient_id = ${patientId} and s.token = any(${byteaArray(
        sql,
        sought.flatMap(({ tokens }) => tokens),
      )})`
    const byToken = new Map(found.map((row) => [keyOf(row.token), row]))
    const meant = new Map<string, RecordId>()
    // The surest way comes first.
    for (const { type, reference, tokens } of sought) {
      const row = tokens.map((token) => byToken.get(keyOf(token))).find((one) => one?.resource_type === type)
      if (row !== undefined) meant.set(`${type} ${reference}`, row.record_id)
    }
    return meant
  })
}
