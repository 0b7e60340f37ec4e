import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { createGunzip } from 'node:zlib'
import { Coverage, type CoverageReport, readFhir } from '@chartward/fhir'
import type { Command } from 'commander'
import { print } from './print.ts'
import { UsageError } from './usage-error.ts'

/** So many of the unmapped elements are shown; `--json` has them all. */
const MOST_ELEMENTS = 30

const open = async (file: string): Promise<AsyncIterable<Uint8Array>> => {
  const info = await stat(file).catch(() => null)
  if (info === null || !info.isFile())
    throw new UsageError(`${basename(file)} can not be read: check the path.`)
  const stream = createReadStream(file, { highWaterMark: 256 * 1024 })
  if (!/\.gz$/i.test(file)) return stream
  const unzipped = createGunzip({ chunkSize: 256 * 1024 })
  stream.once('error', (error) => unzipped.destroy(error))
  return stream.pipe(unzipped)
}

const measure = async (coverage: Coverage, file: string): Promise<void> => {
  try {
    for await (const input of readFhir(await open(file))) {
      if (input.kind === 'error') coverage.refuse(input.error.code)
      else if (input.kind !== 'skipped')
        for (const { resource, fullUrl } of input.resources) coverage.add(resource, fullUrl)
    }
  } catch (error) {
    // zlib's own words are of no use to whoever has the file in hand.
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code.startsWith('Z_'))
      throw new UsageError(`${basename(file)} is no whole gzip file: fetch it again.`)
    throw error
  }
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`

const say = (report: CoverageReport): void => {
  print(
    `${report.resources} resources, ${report.leaves} values, of which no role can read ${report.unmapped} (${percent(report.unmappedShare)})`,
  )
  for (const [type, { resources, leaves, unmappedShare, byClass }] of Object.entries(report.byType)) {
    const classes = Object.entries(byClass).map(([name, n]) => `${name} ${n}`)
    print(
      `  ${type}: ${resources} resources, ${leaves} values, unmapped ${percent(unmappedShare)} (${classes.join(', ')})`,
    )
  }
  if (report.unmappedElements.length > 0) print('Unmapped, the most frequent first:')
  for (const { element, leaves } of report.unmappedElements.slice(0, MOST_ELEMENTS))
    print(`  ${element}: ${leaves}`)
  for (const [type, n] of Object.entries(report.notStored)) print(`Not stored: ${n} ${type}`)
  for (const [code, n] of Object.entries(report.refused)) print(`Refused, ${code}: ${n}`)
}

export const addCoverage = (program: Command): void => {
  program
    .command('coverage')
    .description('say how much of FHIR files the catalog has fields for, before they are imported')
    .argument('<file...>')
    .option('--json', 'print one JSON object', false)
    .action(async (files: string[], { json }: { json: boolean }) => {
      const coverage = new Coverage()
      for (const file of files) await measure(coverage, file)
      const report = coverage.report()
      if (json) print(JSON.stringify(report))
      else say(report)
    })
}
