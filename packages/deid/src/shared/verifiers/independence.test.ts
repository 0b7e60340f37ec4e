import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const SRC = join(import.meta.dirname, '../..')
const IMPORT = /^(?:import|export) (type )?[^'"]*?from '([^']+)'/gm

interface Imported {
  readonly path: string
  readonly typeOnly: boolean
}

const importsOf = (file: string): readonly Imported[] =>
  [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, type, from = '']) => ({
    path: from.startsWith('.') ? relative(SRC, join(dirname(file), from)) : from,
    typeOnly: type !== undefined,
  }))

/** All that runs when a verifier is loaded, and the types that it is written with. */
const reach = (...entries: readonly string[]): readonly (readonly [path: string, typeOnly: boolean])[] => {
  const reached = new Map<string, boolean>(entries.map((entry) => [entry, false]))
  for (const [path, typeOnly] of reached) {
    if (typeOnly || !path.endsWith('.ts')) continue
    for (const imported of importsOf(join(SRC, path)))
      if (reached.get(imported.path) !== false) {
        reached.delete(imported.path)
        reached.set(imported.path, imported.typeOnly)
      }
  }
  return [...reached]
}

const VERIFIERS = /^(?:shared|records|tables)\/verif(?:iers|y)\//

describe.each([
  {
    of: 'tables',
    reached: reach('tables/verify/index.ts'),
    atLeast: 25,
    shared: ['hyparquet', 'node:crypto', 'shared/errors.ts', 'shared/json.ts', 'zod'],
    types: /^tables\/format\//,
  },
  {
    of: 'records',
    reached: reach('records/verify/find-identifiers.ts', 'records/verify/needles.ts'),
    atLeast: 8,
    shared: ['@chartward/policy', 'records/terminology', 'shared/json.ts', 'shared/us-states.ts'],
    types: /^records\/record\.ts$/,
  },
])('the verifier of $of', ({ reached, atLeast, shared, types }) => {
  it('runs nothing of the builder: both share the format, facts of the standards, and what reads them', () => {
    const running = reached.filter(([, typeOnly]) => !typeOnly).map(([path]) => path)
    expect(running.length).toBeGreaterThan(atLeast)
    const foreign = running.filter((path) => !VERIFIERS.test(path))
    const named = foreign.map((path) => path.replace(/^(records\/terminology)\/.*/, '$1'))
    expect([...new Set(named)].sort()).toEqual(shared)
  })

  it('is written with no types of the builder but those of the format', () => {
    const written = reached.filter(([, typeOnly]) => typeOnly).map(([path]) => path)
    expect(written.filter((path) => !VERIFIERS.test(path) && !types.test(path))).toEqual([])
  })
})
