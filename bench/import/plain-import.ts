import { copyRows, type Database, openDatabase, withTransaction } from '@chartward/db'
import { jobOf, report } from '../harness/child.ts'
import { chunksOf } from './chunks.ts'
import { type ImportJob, measure } from './job.ts'

/*
 * The baseline: reads the same file, parses each Bundle, and COPYs each resource's JSON, as it is, into a
 * plain table; one transaction a Bundle, six at once, with the connection, the driver and the COPY writer of
 * the real import.
 */

interface Resource {
  readonly resourceType: string
  readonly id: string
}

const AT_ONCE = 6
const COLUMNS = { id: 'uuid', patient_id: 'uuid', type: 'text', content: 'text' } as const

async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let open: string[] = []
  for await (const chunk of chunks) {
    const [first = '', ...rest] = decoder.decode(chunk, { stream: true }).split('\n')
    open.push(first)
    for (const next of rest) {
      yield open.join('')
      open = [next]
    }
  }
  const last = open.join('')
  if (last !== '') yield last
}

const store = async (db: Database, resources: readonly Resource[]): Promise<void> => {
  const patientId = resources.find(({ resourceType }) => resourceType === 'Patient')?.id ?? null
  await withTransaction(db, 'none', (tx) =>
    copyRows(
      tx,
      'plain_resources',
      COLUMNS,
      resources.map((resource) => [resource.id, patientId, resource.resourceType, JSON.stringify(resource)]),
    ),
  )
}

const { databaseUrl, file } = await jobOf<ImportJob>()
const db = openDatabase({ url: databaseUrl, connections: 10, name: 'plain' })
const done = await measure(async () => {
  let resources = 0
  const seen = new Set<string>()
  const inFlight = new Set<Promise<void>>()
  for await (const line of linesOf(chunksOf(file))) {
    const { entry }: { entry: { resource: Resource }[] } = JSON.parse(line)
    // Practitioners and organizations come again in other Bundles; ours are stored once too.
    const fresh = entry.map(({ resource }) => resource).filter(({ id }) => !seen.has(id) && seen.add(id))
    resources += fresh.length
    while (inFlight.size >= AT_ONCE) await Promise.race(inFlight)
    const storing = store(db, fresh).finally(() => inFlight.delete(storing))
    inFlight.add(storing)
  }
  await Promise.all(inFlight)
  return resources
})
await db.close()
await report(done)
process.disconnect()
