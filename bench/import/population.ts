import { createWriteStream } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { generatePopulation } from '@chartward/fhir'

const PATIENTS = 400

function* linesOf(): Generator<string> {
  const population = generatePopulation({ seed: 1, patients: PATIENTS, asOf: new Date('2026-01-01') })
  for (const bundle of population) yield `${JSON.stringify(bundle)}\n`
}

/**
 * Writes a seeded population as gzipped NDJSON of Bundles into a file for the time being, and gives its name.
 */
export const writePopulation = async (): Promise<string> => {
  const file = join(tmpdir(), `chartward-bench-${process.pid}.ndjson.gz`)
  await pipeline(Readable.from(linesOf()), createGzip({ level: 1 }), createWriteStream(file))
  return file
}
