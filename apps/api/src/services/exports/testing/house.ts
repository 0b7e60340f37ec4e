import { type Bundle, generatePopulation } from '@chartward/fhir'
import { installQueue } from '../../../jobs/install-queue.ts'
import { createTestApp, type TestApp } from '../../../testing/test-app.ts'
import { importFhir } from '../../import/import-fhir.ts'
import { unzip } from '../build/unzip.ts'

/** A test application whose database has the job queue too. */
export const createTestHouse = async (
  options: Parameters<typeof createTestApp>[0] = {},
): Promise<TestApp> => {
  const house = await createTestApp(options)
  await installQueue(house.database.url('chartward_owner'))
  return house
}

async function* bytesOf(lines: Iterable<unknown>): AsyncGenerator<Uint8Array> {
  for (const line of lines) yield Buffer.from(`${JSON.stringify(line)}\n`)
}

/** Imports FHIR resources or Bundles as `chartward import` would. A line that is rejected fails the test. */
export const importAll = async (
  { app }: TestApp,
  lines: Iterable<unknown>,
  source = 'main',
): Promise<void> => {
  const problems: string[] = []
  await importFhir(app, bytesOf(lines), {
    source,
    trusted: true,
    author: 'service:import',
    onProblem: ({ code, message }) => problems.push(`${code}: ${message}`),
  })
  if (problems.length > 0) throw new Error(problems.join('\n'))
}

/** A generated population, imported; the Bundles are what it came from. */
export const populate = async (house: TestApp, patients: number, seed: string): Promise<Bundle[]> => {
  const bundles = [...generatePopulation({ seed, patients, asOf: house.now })]
  await importAll(house, bundles)
  return bundles
}

/** The files of a ZIP by name, as text. */
export const filesOf = async (zip: AsyncIterable<Uint8Array>): Promise<Map<string, string>> => {
  const files = new Map<string, string>()
  for await (const { name, bytes } of unzip(zip)) {
    const parts: Buffer[] = []
    for await (const part of bytes) parts.push(part)
    files.set(name, Buffer.concat(parts).toString('utf8'))
  }
  return files
}
