import type { ResourceType } from '@chartward/policy'
import { csvLine } from '../../shared/csv-line.ts'
import { DeidError } from '../../shared/errors.ts'
import type { DeidRecord } from '../record.ts'
import { csvColumns } from './csv-columns.ts'

/**
 * One resource type as CSV (RFC 4180: header line, CRLF, UTF-8 without a byte order mark), line by line.
 * Throws `wrong-resource-type` for a record of another type: its values would land under the wrong header.
 */
export async function* csvWriter(
  type: ResourceType,
  records: AsyncIterable<DeidRecord> | Iterable<DeidRecord>,
): AsyncGenerator<string> {
  const columns = csvColumns(type)
  yield csvLine(columns.map(({ name }) => name))
  for await (const record of records) {
    if (record.type !== type)
      throw new DeidError('wrong-resource-type', `A ${record.type} cannot be written to the file of ${type}.`)
    yield csvLine(columns.map(({ cell }) => cell(record)))
  }
}
