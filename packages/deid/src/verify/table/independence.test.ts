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

/** All that runs when the verifier is loaded, and the types that it is written with. */
const reach = (entry: string): ReadonlyMap<string, boolean> => {
  const reached = new Map<string, boolean>([[entry, false]])
  for (const [path, typeOnly] of reached) {
    if (typeOnly || !path.endsWith('.ts')) continue
    for (const imported of importsOf(join(SRC, path)))
      if (reached.get(imported.path) !== false) {
        reached.delete(imported.path)
        reached.set(imported.path, imported.typeOnly)
      }
  }
  return reached
}

describe('the verifier of tables', () => {
  const reached = [...reach('verify/index.ts')]

  it('runs nothing of the builder: what both share are the format, the errors and the libraries that read it', () => {
    const running = reached.filter(([, typeOnly]) => !typeOnly).map(([path]) => path)
    expect(running.length).toBeGreaterThan(25)
    const foreign = running.filter((path) => !path.startsWith('verify/')).sort()
    expect(foreign).toEqual(['errors.ts', 'hyparquet', 'json.ts', 'node:crypto', 'zod'])
  })

  it('is written with no types of the builder but those of the format', () => {
    const types = reached.filter(([, typeOnly]) => typeOnly).map(([path]) => path)
    expect(types.filter((path) => !/^(?:verify|format)\//.test(path))).toEqual([])
  })
})
