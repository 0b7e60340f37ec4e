import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { FileSkipped } from '../../services/import/file-problem.ts'
import type { ImportProblem } from '../../services/import/problem.ts'
import { inputsOf } from './inputs.ts'
import { Report, type ReportOptions } from './report.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chartward-report-'))
})
afterAll(() => rm(folder, { recursive: true }))

const problem = (line: number, more: Partial<ImportProblem> = {}): ImportProblem => ({
  kind: 'rejected',
  file: 'a.ndjson',
  line,
  entry: '2.1',
  type: 'Condition',
  id: 'MRN-7',
  code: 'missing-patient',
  message: 'This Condition names nobody.',
  ...more,
})

const DONE = { lines: 1, bytes: 1, patients: 0, created: 0, updated: 0, unchanged: 0, rejected: 60 }

const REACH = { patients: 3, notLinked: 0, over: 0, unknown: 2, untrusted: 0, unnamed: 0 }

/** What a report prints of problems. */
const printed = (problems: readonly ImportProblem[], options: Partial<ReportOptions> = {}): string => {
  const said: string[] = []
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said.push(String(text))
    return true
  })
  try {
    const report = new Report({ json: false, toPerson: false, ...options })
    for (const one of problems) report.add(one)
    report.end(DONE, REACH)
    report.close()
  } finally {
    spy.mockRestore()
  }
  return said.join('')
}

const sixty = Array.from({ length: 60 }, (_, i) => problem(i + 1))

describe('the report of an import', () => {
  it('shows fifty problems by their place, says how many more there are, and counts them by reason', () => {
    const said = printed(sixty)
    expect(said).toContain(
      'a.ndjson, line 50, entry 2.1, Condition: missing-patient: This Condition names nobody.',
    )
    expect(said).not.toContain('line 51')
    expect(said).toContain('and 10 more')
    expect(said).toMatch(/ 60 {2}missing-patient/)
    expect(said).toContain("2 of 3 patients are in nobody's care")
  })

  it('shows ids to a person alone', () => {
    expect(printed(sixty, { toPerson: true })).toContain('Condition/MRN-7')
    expect(printed(sixty)).not.toContain('MRN-7')
  })

  it('has everything in a file that its owner alone may read, also one that was there', async () => {
    const file = join(folder, 'report.ndjson')
    await writeFile(file, 'old')
    await chmod(file, 0o644)
    printed(sixty, { file })
    const lines = (await readFile(file, 'utf8')).trim().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual(sixty)
    expect((await stat(file)).mode & 0o777).toBe(0o600)
  })

  it('is one object where that is asked for', () => {
    expect(JSON.parse(printed(sixty, { json: true }))).toMatchObject({
      rejected: 60,
      skipped: 0,
      reasons: { 'missing-patient': 60 },
      care: REACH,
    })
  })

  it('shows what is left out once for each file', () => {
    const left = problem(1, { kind: 'skipped', code: 'operation-outcome', message: 'Left out.' })
    expect(printed([left, left, left]).match(/Left out/g)).toHaveLength(1)
  })
})

describe('the folder of a bulk export', () => {
  it('is read by its manifest: patients first, deletions last, its log and errors left out, what is missing named', async () => {
    const export_ = await mkdtemp(join(folder, 'export-'))
    const url = (name: string) => ({ url: `https://ehr.example/out/${name}?token=7` })
    const manifest = {
      transactionTime: '2026-01-01T00:00:00Z',
      output: ['Condition.000.ndjson', 'Patient.000.ndjson', 'Goal.000.ndjson'].map(url),
      error: [url('problems.ndjson')],
      deleted: [url('Patient.deleted.ndjson')],
    }
    for (const name of [
      'Condition.000.ndjson',
      'Patient.000.ndjson',
      'Patient.deleted.ndjson.gz',
      'Practitioner.ndjson',
      'log.ndjson',
      'problems.ndjson',
      'notes.txt',
    ])
      await writeFile(join(export_, name), name.endsWith('.gz') ? gzipSync('{}\n') : '{}\n')
    await writeFile(join(export_, 'manifest.json'), JSON.stringify(manifest))
    const told: string[] = []
    for (const { name, open } of await inputsOf([export_])) {
      try {
        for await (const _chunk of open());
        told.push(name)
      } catch (error) {
        told.push(`${name} ${error instanceof FileSkipped ? 'left out' : (error as { code?: string }).code}`)
      }
    }
    expect(told.filter((line) => !line.includes(' '))).toEqual([
      'Patient.000.ndjson',
      'Practitioner.ndjson',
      'Condition.000.ndjson',
      'Patient.deleted.ndjson.gz',
    ])
    expect(told.filter((line) => line.includes(' ')).toSorted()).toEqual([
      'Goal.000.ndjson missing-file',
      'log.ndjson left out',
      'manifest.json left out',
      'notes.txt left out',
      'problems.ndjson left out',
    ])
  })
})
