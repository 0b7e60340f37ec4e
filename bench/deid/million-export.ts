import { createReadStream } from 'node:fs'
import { mkdir, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { ZIP3_POPULATIONS } from '@chartward/deid'
import { buildTableRelease, parsePlan, search, tableFromCsv } from '@chartward/deid/tables'
import { verifyTableRelease } from '@chartward/deid/tables/verify'
import { createScrubber } from '@chartward/deid/text'
import { jobOf, report } from '../harness/child.ts'
import type { MillionDone, MillionJob } from './million.ts'

const { csv, out, hierarchies, k } = await jobOf<MillionJob>()
const folder = join(out, 'release')
const plan = parsePlan({
  format: 'chartward-deid-plan/1',
  title: 'A million rows',
  profile: 'expert-determination',
  asOf: '2026-01-01',
  seed: 'bench deid',
  patient: null,
  columns: Object.fromEntries(
    hierarchies.map(([name]) => [
      name,
      {
        role: 'quasi-identifier',
        category: name === 'age' ? 'C' : 'none',
        content: name === 'age' ? 'age' : 'other',
        transform: { kind: 'generalise' },
        hierarchy: { kind: 'csv', file: name },
      },
    ]),
  ),
  models: [{ kind: 'k-anonymity', k }],
  suppressionLimit: 0,
  search: { method: 'local' },
  metric: 'loss',
  formats: ['csv'],
  expert: { name: 'Benchmark', date: '2026-01-01' },
})
const rowsOfFile = new Map(hierarchies)
const seconds = (since: number): number => (performance.now() - since) / 1000

const base = process.memoryUsage.rss()
const beganLoading = performance.now()
const table = await tableFromCsv(createReadStream(csv, { highWaterMark: 1024 * 1024 }), { delimiter: ',' })
const loadSeconds = seconds(beganLoading)

await mkdir(folder)
let solveSeconds = 0
const beganBuilding = performance.now()
const manifest = await buildTableRelease(
  {
    plan,
    table,
    sourceColumns: table.columns.length,
    rowsOfFile: (file) => rowsOfFile.get(file) ?? [],
    key: null,
    exportId: 'bench',
    ids: null,
    scrubber: createScrubber(),
  },
  async (method, problem) => {
    const began = performance.now()
    const solution = search(method, problem, { seed: plan.seed })
    solveSeconds = seconds(began)
    return solution
  },
  {
    write: async (name, chunks) => {
      const file = await open(join(folder, name), 'wx')
      try {
        for await (const chunk of chunks) await file.write(chunk)
        await file.sync()
      } finally {
        await file.close()
      }
    },
  },
)
const buildSeconds = seconds(beganBuilding) - solveSeconds
// Kibibytes, by getrusage(2): the most that the process ever held, verification not counted.
const peak = process.resourceUsage().maxRSS / 1024
const beganVerifying = performance.now()
const { ok } = await verifyTableRelease(
  { names: () => readdir(folder), read: (name) => createReadStream(join(folder, name)) },
  { zip3Populations: ZIP3_POPULATIONS },
)
if (!ok) throw new Error('the release was not confirmed')
await report({
  loadSeconds,
  solveSeconds,
  buildSeconds,
  verifySeconds: seconds(beganVerifying),
  loss: manifest.utility.loss,
  peakMebibytes: peak - base / 2 ** 20,
} satisfies MillionDone)
process.disconnect()
