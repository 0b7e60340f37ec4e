import { type Connection, schema, type Transaction } from '@chartward/db'
import { and, desc, inArray } from 'drizzle-orm'
import type { App } from '../../app.ts'

const { works } = schema

/** A work of an upload, as far as others of it ask. */
export interface UploadWork {
  readonly workId: string
  readonly state: (typeof works.$inferSelect)['state']
  /** What came of it, in the form of its kind. */
  readonly result: unknown
}

/** The newest of each kind; null where there was none that is vouched for. */
export interface UploadWorks {
  readonly import: UploadWork | null
  readonly withdrawal: UploadWork | null
}

/** Whether a work goes on no more. */
export const hasEnded = ({ state }: UploadWork): boolean => state !== 'waiting' && state !== 'running'

/** What was and is done with uploads, by the upload's id. */
export const uploadWorks = async (
  { orm }: Connection | Transaction,
  { vouching }: Pick<App, 'vouching'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, UploadWorks>> => {
  const rows = await orm
    .select()
    .from(works)
    .where(and(inArray(works.subjectId, [...ids]), inArray(works.kind, ['import-upload', 'withdraw-upload'])))
    .orderBy(desc(works.id))
  const found = new Map<string, UploadWorks>()
  for (const row of rows) {
    const { subjectId, id: workId, kind, state, result } = row
    if (subjectId === null || !(await vouching.admits('work', row))) continue
    const before = found.get(subjectId) ?? { import: null, withdrawal: null }
    const own = { workId, state, result }
    found.set(
      subjectId,
      kind === 'import-upload'
        ? { ...before, import: before.import ?? own }
        : { ...before, withdrawal: before.withdrawal ?? own },
    )
  }
  return found
}
