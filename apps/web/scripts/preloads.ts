import { closure, type Manifest } from './budgets.ts'

/** What each page makes a browser load beside the entry. Pure: the manifest comes in. */

/** A page's path, and the module that draws it, as the manifest calls it. */
export type PageModules = ReadonlyMap<string, string>

export interface PreloadRow {
  readonly path: string
  readonly files: readonly string[]
}

/**
 * For each page its scripts and style sheets with those of its static imports, the entry's left out, since
 * the page names them already. Throws for a page that the build has no chunk of.
 */
export const preloadsOf = (manifest: Manifest, pages: PageModules): PreloadRow[] => {
  const there = closure(manifest, 'index.html')
  return [...pages].map(([path, module]) => ({
    path,
    files: [...closure(manifest, module)].filter((file) => !there.has(file)),
  }))
}
