import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { checkBudgets, type ManifestChunk } from './budgets.ts'

/**
 * Reads the build's manifest and weighs, gzipped, the JavaScript that each entry and route makes a browser
 * load. Prints a table and exits 1 where one is over its budget (kB of 1,000 bytes), or where the build lacks
 * what is to be weighed.
 */

const dist = process.argv[2] ?? join(import.meta.dirname, '..', 'dist')
const manifest: Record<string, ManifestChunk> = JSON.parse(
  readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8'),
)

const weights = new Map<string, number>()
const weigh = (file: string): number => {
  const known = weights.get(file)
  if (known !== undefined) return known
  const size = gzipSync(readFileSync(join(dist, file)), { level: 9 }).length
  weights.set(file, size)
  return size
}

const rows = checkBudgets(manifest, weigh)
const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1).padStart(7)
for (const { name, bytes, budget, ok } of rows) {
  process.stdout.write(`${ok ? ' ok ' : 'OVER'} ${kilobytes(bytes)} kB of ${kilobytes(budget)} kB  ${name}\n`)
}
if (rows.some(({ ok }) => !ok)) process.exitCode = 1
