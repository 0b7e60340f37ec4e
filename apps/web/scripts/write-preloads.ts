import { readFileSync, writeFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Manifest } from './budgets.ts'
import { preloadsOf } from './preloads.ts'

/**
 * Writes dist/preloads.json, by which the server names in each page what it is about to load
 * (apps/api/src/http/console-page.ts). Which module draws a page is not written down a second time: every
 * page is told to load its own, and what it asks for is noted and not loaded.
 */

const root = join(import.meta.dirname, '..')
const asked: string[] = []

registerHooks({
  load: (url, context, next) => {
    if (!url.endsWith('.tsx')) return next(url, context)
    asked.push(relative(root, fileURLToPath(url)))
    return { format: 'module', source: '', shortCircuit: true }
  },
})

const { PAGES, PAGE_PATHS } = await import('../src/app/pages.ts')
const modules = new Map<string, string>()
for (const path of PAGE_PATHS) {
  asked.length = 0
  await PAGES[path].component.preload?.()
  const [module] = asked
  if (module === undefined || asked.length > 1) throw new Error(`The page ${path} is not drawn by one module`)
  modules.set(path, module)
}

const dist = join(root, 'dist')
const manifest: Manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8'))
writeFileSync(join(dist, 'preloads.json'), `${JSON.stringify(preloadsOf(manifest, modules), null, 2)}\n`)
