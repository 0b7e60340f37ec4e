/** The size budgets and what is held against them. Pure: the manifest and the weight of a file come in. */

/** A chunk of Vite's manifest, as far as it is read here. */
export interface ManifestChunk {
  readonly file: string
  readonly src?: string
  readonly isEntry?: boolean
  readonly css?: readonly string[]
  readonly imports?: readonly string[]
  readonly dynamicImports?: readonly string[]
}

export interface BudgetRow {
  readonly name: string
  readonly bytes: number
  readonly budget: number
  readonly ok: boolean
}

const SIGN_IN = 130_000
const PAGE = 290_000
const CHART = 110_000

export type Manifest = Readonly<Record<string, ManifestChunk>>

/** What a browser loads before `key` can run: itself, its style sheets and static imports, each once. */
export const closure = (manifest: Manifest, key: string, seen = new Set<string>()): Set<string> => {
  const chunk = manifest[key]
  if (chunk === undefined) throw new Error(`The build has no chunk ${key}`)
  if (seen.has(chunk.file)) return seen
  seen.add(chunk.file)
  for (const sheet of chunk.css ?? []) seen.add(sheet)
  for (const imported of chunk.imports ?? []) closure(manifest, imported, seen)
  return seen
}

/**
 * One row for the sign-in entry, one for each page (with the entry that loads it) and one for each chart
 * (what it adds to the page that shows it). Throws where the build has no sign-in entry, no page or no chart:
 * then nothing was checked.
 */
export const checkBudgets = (manifest: Manifest, weigh: (file: string) => number): BudgetRow[] => {
  const total = (files: Iterable<string>) =>
    [...files].filter((file) => file.endsWith('.js')).reduce((sum, file) => sum + weigh(file), 0)
  const row = (name: string, files: Iterable<string>, budget: number): BudgetRow => {
    const bytes = total(files)
    return { name, bytes, budget, ok: bytes <= budget }
  }
  const entry = closure(manifest, 'index.html')
  const lazy = Object.keys(manifest).filter(
    (key) => manifest[key]?.src !== undefined && manifest[key].isEntry !== true,
  )
  const pages = lazy.filter((key) => /^src\/features\/.*-page\.tsx$/.test(key))
  const charts = lazy.filter((key) => key.startsWith('src/components/charts/'))
  if (pages.length === 0 || charts.length === 0)
    throw new Error('The build has no page or no chart of its own to weigh')
  return [
    row('sign-in', closure(manifest, 'sign-in.html'), SIGN_IN),
    ...pages.map((key) => row(key, closure(manifest, key, new Set(entry)), PAGE)),
    ...charts.map((key) => {
      const there = new Set(entry)
      for (const [from, { dynamicImports }] of Object.entries(manifest))
        if (dynamicImports?.includes(key) === true) closure(manifest, from, there)
      const added = [...closure(manifest, key)].filter((file) => !there.has(file))
      return row(`${key}, more`, added, CHART)
    }),
  ]
}
