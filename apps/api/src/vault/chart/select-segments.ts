import type { FieldClass, PatientId, ResourceType } from '@chartward/policy'
import type { Expected } from './open-chain.ts'
import type { Chain, SealedSegment } from './segment.ts'

/** A chain as it is stored, with what the clear rows say that it must list. */
export interface StoredChain {
  readonly chain: Chain
  readonly segments: readonly SealedSegment[]
  readonly expected: Expected
}

interface Row {
  readonly position: number
  readonly records: number
  readonly versions: number
  readonly ids: number
  readonly number: number | null
  readonly base: number
  readonly content: Buffer
  readonly integrity_key_id: string
  readonly mac: Buffer
}

/**
 * One statement, so that segments and records are of one moment. Of a chain come the segments from the base
 * of its last one on; a chain of which there is none still tells what it should list.
 */
const STATEMENT = `
  select wanted.position::int, coalesce(r.records, 0) as records, coalesce(r.versions, 0) as versions,
    coalesce(r.ids, 0) as ids, s.number, s.base, s.content, s.integrity_key_id, s.mac
  from unnest($2::text[], $3::text[]) with ordinality as wanted (resource_type, field_class, position)
  left join (
    select resource_type, count(*)::int as records, sum(version)::int as versions,
      bit_xor(('x' || right(id::text, 8))::bit(32)::int) as ids
    from records where patient_id = $1 and resource_type = any($2::text[]) group by resource_type
  ) r on r.resource_type = wanted.resource_type
  left join lateral (
    select base from chart_segments
    where patient_id = $1 and resource_type = wanted.resource_type and field_class = wanted.field_class
    order by number desc limit 1
  ) head on true
  left join chart_segments s on s.patient_id = $1 and s.resource_type = wanted.resource_type
    and s.field_class = wanted.field_class and s.number >= head.base`

/** Runs a statement where the patient's rows are in scope. */
type Ask = <Row extends object>(text: string, parameters: (string | string[])[]) => Promise<Row[]>

/** The chains of a patient for the types and classes asked for. */
export const selectChains = async (
  ask: Ask,
  patientId: PatientId,
  wanted: readonly { readonly resourceType: ResourceType; readonly fieldClass: FieldClass }[],
): Promise<StoredChain[]> => {
  if (wanted.length === 0) return []
  const parameters = [
    patientId,
    wanted.map(({ resourceType }) => resourceType),
    wanted.map(({ fieldClass }) => fieldClass),
  ]
  const found = await ask<Row>(STATEMENT, parameters)
  const byPosition = Map.groupBy(found, ({ position }) => position)
  return wanted.map(({ resourceType, fieldClass }, at) => {
    const chain = { patientId, resourceType, fieldClass }
    const own = byPosition.get(at + 1) ?? []
    const { records = 0, versions = 0, ids = 0 } = own[0] ?? {}
    const segments = own
      .flatMap(({ number, base, content, integrity_key_id, mac }): SealedSegment[] =>
        number === null ? [] : [{ ...chain, number, base, content, integrityKeyId: integrity_key_id, mac }],
      )
      .toSorted((a, b) => a.number - b.number)
    return { chain, segments, expected: { records, versions, ids } }
  })
}
