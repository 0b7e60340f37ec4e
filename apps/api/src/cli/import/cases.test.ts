import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importFiles } from '../../services/import/import-files.ts'
import type { ImportProblem } from '../../services/import/problem.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { inputsOf } from './inputs.ts'

const SHARED = fileURLToPath(new URL('../../../../../../shared/', import.meta.url))
const CASES = `${SHARED}cases/fhir/`
const BULK = `${SHARED}data/fhir-real/bulk-export`

let test: TestApp
beforeAll(async () => {
  test = await createTestApp()
})
afterAll(() => test.stop())

let sources = 0
/** Imports what paths name, as a source that no other test has. */
const load = async (...paths: readonly string[]) => {
  sources += 1
  const problems: ImportProblem[] = []
  const done = await importFiles(test.app, await inputsOf(paths), {
    source: `c${sources}`,
    trusted: true,
    author: 'service:import',
    onProblem: (problem) => problems.push(problem),
  })
  return { done, codes: problems.map(({ code }) => code) }
}

describe.skipIf(!existsSync(CASES))('the cases (where ../shared/cases is there)', () => {
  it.each([
    [['h1-placeholder-mrn.ndjson'], { created: 4 }, []],
    [['k2-Patient.ndjson', 'k2-Encounter.ndjson', 'k2-Practitioner.ndjson'], { created: 3 }, []],
    [['bulk-order/Condition.000.ndjson', 'bulk-order/Patient.000.ndjson'], { created: 2 }, []],
    [['bulk-order'], { created: 2 }, []],
    [['two-servers-same-id.json'], { created: 4, patients: 2 }, []],
    [['x2-truncated.ndjson.gz', 'k2-Patient.ndjson'], { rejected: 1 }, ['gzip-damaged']],
  ])('%j go in as is expected', async (names, figures, codes) => {
    const loaded = await load(...names.map((name) => `${CASES}${name}`))
    expect(loaded.codes).toEqual(codes)
    expect(loaded.done).toMatchObject(figures)
  })

  it('a document gives its patient and its entries', async () => {
    const { done, codes } = await load(`${CASES}document-bundle.json`)
    expect(done.patients).toBe(1)
    expect(codes.filter((code) => code !== 'unsupported-type')).toEqual([])
  })
})

describe.skipIf(!existsSync(BULK))('a real bulk export (where ../shared/data is there)', () => {
  it('goes in by one command, refuses nothing for its place, and changes nothing the second time', async () => {
    const first = await load(BULK)
    expect(first.done.patients).toBe(13)
    expect(new Set(first.codes)).toEqual(
      new Set(first.codes.filter((code) => /^(unsupported-type|no-resources)$/.test(code))),
    )
    sources -= 1
    const second = await load(BULK)
    expect(second.done).toMatchObject({ created: 0, updated: 0, unchanged: first.done.created })
  }, 300_000)
})
