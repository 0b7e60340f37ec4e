import { byteaArray, RowsNotStored, type Transaction } from '@chartward/db'
import { chartClasses, type RecordFields } from '@chartward/fhir'
import {
  type FieldClass,
  isResourceType,
  type PatientId,
  type RecordId,
  type ResourceType,
} from '@chartward/policy'
import type { LentKeys } from '../../keys/lent-keys.ts'
import { type Line, lineOf, standingsOf } from './line.ts'
import { packLines, unpackLines } from './pack.ts'
import { openSegment, type SealedSegment, sealSegment } from './segment.ts'

/** A version as it was just written. */
export interface WrittenVersion {
  readonly recordId: RecordId
  readonly type: ResourceType
  readonly version: number
  readonly fields: RecordFields
}

/**
 * A chain of more segments than this is said anew in one: what is opened for a list grows with the number of
 * records, and not with how often they were written.
 */
const MOST_SEGMENTS = 64

/** The new lines of each chain that a write goes on with. */
interface NewLines {
  readonly resourceType: ResourceType
  readonly fieldClass: FieldClass
  readonly lines: readonly Line[]
}

interface Head {
  readonly number: number
  readonly base: number
  readonly mac: Buffer
}

/**
 * Adds to a chart's index what was just written: one segment for each type and class of the versions, in the
 * caller's transaction. Whoever writes a patient's records holds the patient's lock (`lockChart`), unless
 * nobody else can see the patient yet.
 */
export const writeSegments = async (
  tx: Transaction,
  keys: LentKeys,
  patientId: PatientId,
  written: readonly WrittenVersion[],
  isNewPatient: boolean,
): Promise<void> => {
  const added = newLines(written)
  const heads = isNewPatient ? new Map<string, Head>() : await readHeads(tx, patientId, added)
  const sealed: SealedSegment[] = []
  for (const one of added) {
    const { resourceType, fieldClass, lines } = one
    const chain = { patientId, resourceType, fieldClass }
    const head = heads.get(keyOf(one))
    const number = (head?.number ?? 0) + 1
    const whole =
      head !== undefined && number - head.base >= MOST_SEGMENTS
        ? await wholeChain(tx, keys, chain, head.base, lines)
        : null
    const place = { ...chain, number, base: head === undefined || whole !== null ? number : head.base }
    const previous = whole === null ? (head?.mac ?? null) : null
    sealed.push(sealSegment(place, packLines(whole ?? lines), previous, keys))
  }
  await insertSegments(tx, sealed)
}

/** Lets nobody else write records of the patient until the transaction ends: segments have an order. */
export const lockChart = async (tx: Transaction, patientId: PatientId): Promise<void> => {
  await tx.sql`select pg_advisory_xact_lock(hashtextextended(${`chart ${patientId}`}, 0))`
}

const keyOf = ({ resourceType, fieldClass }: Pick<NewLines, 'resourceType' | 'fieldClass'>): string =>
  `${resourceType} ${fieldClass}`

const newLines = (written: readonly WrittenVersion[]): NewLines[] =>
  [...Map.groupBy(written, ({ type }) => type)].flatMap(([resourceType, versions]) => {
    const standings = versions.map(({ type, fields }) => standingsOf(type, fields))
    return chartClasses(resourceType).map((fieldClass) => ({
      resourceType,
      fieldClass,
      lines: versions.flatMap((version, at) => {
        const own = standings[at]
        return own === undefined ? [] : [lineOf(version, version.fields, fieldClass, own)]
      }),
    }))
  })

const readHeads = async (
  tx: Transaction,
  patientId: PatientId,
  added: readonly NewLines[],
): Promise<Map<string, Head>> => {
  const types = [...new Set(added.map(({ resourceType }) => resourceType))]
  const rows = await tx.sql<(Head & { resource_type: string; field_class: FieldClass })[]>`
    select distinct on (resource_type, field_class) resource_type, field_class, number, base, mac
    from chart_segments where patient_id = ${patientId} and resource_type = any(${types}::text[])
    order by resource_type, field_class, number desc`
  return new Map(
    rows.flatMap(({ resource_type: resourceType, field_class: fieldClass, ...head }): [string, Head][] =>
      isResourceType(resourceType) ? [[keyOf({ resourceType, fieldClass }), head]] : [],
    ),
  )
}

/**
 * The latest line of each record of a chain, the new ones among them; or null where the chain is broken:
 * then it goes on as it is, and stays untrusted.
 */
const wholeChain = async (
  tx: Transaction,
  keys: LentKeys,
  chain: Pick<SealedSegment, 'patientId' | 'resourceType' | 'fieldClass'>,
  base: number,
  added: readonly Line[],
): Promise<Line[] | null> => {
  const { patientId, resourceType, fieldClass } = chain
  const rows = await tx.sql<{ number: number; content: Buffer; integrity_key_id: string; mac: Buffer }[]>`
    select number, content, integrity_key_id, mac from chart_segments
    where patient_id = ${patientId} and resource_type = ${resourceType} and field_class = ${fieldClass}
      and number >= ${base} order by number`
  const lines = new Map<RecordId, Line>()
  let before: Buffer | null = null
  for (const [at, { number, content, integrity_key_id: integrityKeyId, mac }] of rows.entries()) {
    const segment = { ...chain, number, base, content, integrityKeyId, mac }
    const text = number === base + at ? openSegment(segment, before, keys) : null
    if (text === null) return null
    for (const line of unpackLines(text)) lines.set(line.id, line)
    before = mac
  }
  for (const line of added) lines.set(line.id, line)
  return [...lines.values()]
}

const insertSegments = async (tx: Transaction, segments: readonly SealedSegment[]): Promise<void> => {
  const bytes = (column: 'content' | 'mac') =>
    byteaArray(
      tx.sql,
      segments.map((segment) => segment[column]),
    )
  const { count } = await tx.sql`
    insert into chart_segments (patient_id, resource_type, field_class, number, base, content, integrity_key_id, mac)
    select * from unnest(${segments.map(({ patientId }) => patientId)}::uuid[],
      ${segments.map(({ resourceType }) => resourceType)}::text[],
      ${segments.map(({ fieldClass }) => fieldClass)}::text[], ${segments.map(({ number }) => number)}::int[],
      ${segments.map(({ base }) => base)}::int[], ${bytes('content')},
      ${segments.map(({ integrityKeyId }) => integrityKeyId)}::uuid[], ${bytes('mac')})`
  if (count !== segments.length) throw new RowsNotStored()
}
