import { globSync, readFileSync, rmSync } from 'node:fs'

/** Where the reporter writes, from a package's folder. */
export const TIMES_FILE = 'node_modules/.test-times.json'

/** How long something took. */
export interface Timed {
  readonly name: string
  readonly seconds: number
}

/** What the reporter writes of one package: the whole run, and each file from its set-up to its last test. */
export interface PackageTimes {
  readonly seconds: number
  readonly files: readonly { readonly file: string; readonly seconds: number }[]
}

const SLOWEST = 10

/** What has been written since the last call, by package and by file, and takes it away. */
export const takeTimes = (): { packages: Timed[]; files: Timed[] } => {
  const packages: Timed[] = []
  const files: Timed[] = []
  for (const written of globSync(`{packages,apps}/*/${TIMES_FILE}`).sort()) {
    const folder = written.slice(0, -TIMES_FILE.length)
    const times: PackageTimes = JSON.parse(readFileSync(written, 'utf8'))
    packages.push({ name: `  ${folder.slice(0, -1)}`, seconds: times.seconds })
    files.push(...times.files.map(({ file, seconds }) => ({ name: `${folder}${file}`, seconds })))
    rmSync(written)
  }
  return { packages, files }
}

const tableOf = (title: string, rows: readonly Timed[]): string => {
  const width = Math.max(title.length, ...rows.map(({ name }) => name.length))
  const lines = rows.map(({ name, seconds }) => `${name.padEnd(width)}  ${seconds.toFixed(1).padStart(7)} s`)
  return [title, ...lines, ''].join('\n')
}

/** The table of all parts, and of the test files that took longest. */
export const summaryOf = (parts: readonly Timed[], files: readonly Timed[]): string => {
  const slowest = files.toSorted((a, b) => b.seconds - a.seconds).slice(0, SLOWEST)
  return `\n${tableOf('part', parts)}\n${tableOf('slowest test files', slowest)}`
}
