import { schema, type Transaction } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import { and, eq, isNotNull } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { newId } from '../../core/ids.ts'
import type { NewRow, RowOf } from '../../vouch/kinds.ts'
import type { NamedSpan } from './care-spans.ts'

const { careRelationships } = schema
type Row = RowOf<'care-relationship'>

/** The ids of relationships that an import has made or changed. */
export interface ChangedCare {
  readonly given: readonly string[]
  /** Those that now last less long, or give nothing any more. */
  readonly taken: readonly string[]
}

const keyOf = ({ practitionerId, kind }: { practitionerId: string | null; kind: string }): string =>
  `${practitionerId} ${kind}`

interface Change {
  readonly row: Pick<NewRow<'care-relationship'>, 'startsAt' | 'endsAt' | 'trusted' | 'narrowed'>
  readonly takes: boolean
}

/**
 * What a relationship becomes, or null where it is so already. One that nothing bears out any more says so,
 * also where it gave nothing: an untrusted one.
 */
const changeOf = (row: Row, wanted: NamedSpan | undefined): Change | null => {
  const { startsAt, endsAt, trusted, narrowed } = row
  if (wanted === undefined)
    return trusted || !narrowed
      ? { row: { startsAt, endsAt, trusted: false, narrowed: true }, takes: true }
      : null
  const { from, to } = wanted
  const isLater = from > startsAt
  const isShorter = to !== null && (endsAt === null || to < endsAt)
  const isSame =
    wanted.trusted === trusted && from.getTime() === startsAt.getTime() && to?.getTime() === endsAt?.getTime()
  if (isSame) return null
  const takes = trusted && (!wanted.trusted || isLater || isShorter)
  return {
    row: { startsAt: from, endsAt: to, trusted: wanted.trusted, narrowed: narrowed || takes },
    takes,
  }
}

/**
 * Makes a patient's imported relationships those that are wanted: new ones are made, others changed, and
 * what no record bears out any more gives nothing, at once. Rows that do not count are left alone: whoever
 * puts one in keeps nothing alive by it.
 */
export const settleRelationships = async (
  tx: Transaction,
  { vouching }: Pick<App, 'vouching'>,
  patientId: PatientId,
  wanted: readonly NamedSpan[],
): Promise<ChangedCare> => {
  const rows = await tx.orm
    .select()
    .from(careRelationships)
    .where(and(eq(careRelationships.patientId, patientId), isNotNull(careRelationships.practitionerId)))
    .orderBy(careRelationships.id)
    .for('update')
  const standing: Row[] = []
  for (const row of rows) if (await vouching.admits('care-relationship', row)) standing.push(row)
  // Those that count first: they are the ones to be changed, and what is left of them is taken away.
  standing.sort(
    (a, b) => Number(b.trusted) - Number(a.trusted) || a.startsAt.getTime() - b.startsAt.getTime(),
  )
  const spans = Map.groupBy(wanted, keyOf)
  const known = Map.groupBy(standing, keyOf)
  const given: string[] = []
  const taken: string[] = []
  const fresh: NewRow<'care-relationship'>[] = []
  for (const key of new Set([...spans.keys(), ...known.keys()])) {
    const [own, there] = [spans.get(key) ?? [], known.get(key) ?? []]
    for (const [i, row] of there.entries()) {
      const change = changeOf(row, own[i])
      if (change === null) continue
      await vouching.change(tx, 'care-relationship', eq(careRelationships.id, row.id), change.row)
      const changed = change.takes ? taken : given
      changed.push(row.id)
    }
    for (const { practitionerId, kind, trusted, from, to } of own.slice(there.length)) {
      const row = {
        patientId,
        id: newId(),
        practitionerId,
        kind,
        trusted,
        underGiver: false,
        narrowed: false,
      }
      fresh.push({ ...row, startsAt: from, endsAt: to })
    }
  }
  await vouching.insert(tx, 'care-relationship', fresh)
  return { given: [...fresh.map(({ id }) => id), ...given], taken }
}
