import { type Connection, schema, type Transaction } from '@chartward/db'
import { eq } from 'drizzle-orm'
import type { App } from '../../app.ts'
import { ChartwardError } from '../../core/errors.ts'
import type { RowOf } from '../../vouch/kinds.ts'

/** An upload as its row says. Rejects NOT_FOUND, or INTEGRITY where the row is not what was written. */
export const findUpload = async (
  { orm }: Connection | Transaction,
  { vouching }: Pick<App, 'vouching'>,
  id: string,
): Promise<RowOf<'upload'>> => {
  const [row] = await orm.select().from(schema.uploads).where(eq(schema.uploads.id, id))
  if (row === undefined) throw new ChartwardError('NOT_FOUND')
  return vouching.require('upload', row)
}
