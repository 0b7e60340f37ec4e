import type { DeidRecord } from '../record.ts'
import { fhirJson } from './fhir-json.ts'

/** NDJSON (UTF-8, LF): one de-identified FHIR R4 resource per line, of any mix of types. */
export async function* ndjsonWriter(
  records: AsyncIterable<DeidRecord> | Iterable<DeidRecord>,
): AsyncGenerator<string> {
  for await (const record of records) yield `${JSON.stringify(fhirJson(record))}\n`
}
