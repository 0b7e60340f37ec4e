import type { Access, PrintAccessesInput } from '@chartward/contract'
import { type Cell, csvLine } from '@chartward/deid'
import type { EntryId } from '@chartward/policy'
import { readHead } from '../../../audit/log/head.ts'
import type { VerbContext } from '../../../guard/guard.ts'
import { findAccesses } from './find.ts'
import { requirePatient } from './require-patient.ts'
import { accessesOf } from './view.ts'

/** Accesses in memory at a time. */
const CHUNK = 500

type CellOf = (access: Access) => Cell

/** What the file says of each access: names for people, ids and paths for whoever looks further. */
const COLUMNS = {
  time_utc: ({ at }) => at,
  person: ({ actor }) => actor.name,
  person_id: ({ actor }) => actor.id,
  roles: ({ roles }) => roles.map(({ title, version }) => `${title} (version ${version})`).join('; '),
  reached_by: ({ ground }) => ground,
  care_relationship: ({ relationship }) => relationship?.kind ?? null,
  care_relationship_id: ({ relationship }) => relationship?.id ?? null,
  action: ({ action }) => action,
  outcome: ({ outcome }) => outcome,
  resource_type: ({ resourceType }) => resourceType,
  resource_id: ({ resourceId }) => resourceId,
  records: ({ count }) => count,
  patients_in_answer: ({ patients }) => patients,
  classes: ({ classes }) => classes.join('; '),
  fields: ({ fields }) => fields.join('; '),
  fields_masked: ({ masked }) => masked.join('; '),
  decision: ({ reason }) => reason,
  decided_by: ({ statement }) => statement,
  purpose: ({ purpose }) => purpose,
  typed_reason: ({ note, noteWithheld }) => (noteWithheld ? 'not shown' : note),
  address: ({ ip }) => ip,
  request_id: ({ requestId }) => requestId,
  entry_id: ({ id }) => id,
  leaf: ({ index }) => index,
  row_intact: ({ intact }) => (intact ? 'yes' : 'no'),
} as const satisfies Readonly<Record<string, CellOf>>

const CELLS: readonly CellOf[] = Object.values(COLUMNS)

/**
 * All accesses that fit, newest first, as CSV by RFC 4180 in UTF-8, each cell safe to open in a spreadsheet;
 * read as they are asked for.
 */
async function* linesOf(ctx: VerbContext, wanted: PrintAccessesInput): AsyncGenerator<string> {
  yield csvLine(Object.keys(COLUMNS))
  let before: EntryId | null = null
  for (;;) {
    const found = await findAccesses(ctx.app.db.sql, wanted, { before, limit: CHUNK })
    const lines = (await accessesOf(ctx, found)).map((access) =>
      csvLine(CELLS.map((cellOf) => cellOf(access))),
    )
    if (lines.length > 0) yield lines.join('')
    const last = found.at(-1)
    if (last === undefined || found.length < CHUNK) return
    before = last.columns.id
  }
}

export interface AccessFile {
  readonly treeSize: number
  readonly chunks: AsyncIterable<string>
}

/** Who saw a patient, whole, as CSV; nothing of it is read before it is asked for. */
export const accessFile = async ({
  ctx,
  input,
}: {
  ctx: VerbContext<'audit.accesses-exported'>
  input: PrintAccessesInput
}): Promise<AccessFile> => {
  await requirePatient(ctx.app, input.patientId)
  const head = await readHead(ctx.app.db.sql)
  ctx.entry.shown({ resource: { type: 'AuditEntry', id: null } })
  return { treeSize: head?.size ?? 0, chunks: linesOf(ctx, input) }
}
