/**
 * The mutants of one test file, one after the other in a process of their own: prints a line with the outcome
 * of each.
 */
import { readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { startVitest } from 'vitest/node'
import { useWeakenedTemplate } from '../../packages/db/src/testing/weakened-template.ts'
import type { Mutant, Outcome } from './mutant.ts'

const mutants: readonly Mutant[] = JSON.parse(process.argv[2] ?? '')
const root = resolve(import.meta.dirname, '../..')

/** As much of Vite's plugins as this takes. */
interface Plugin {
  readonly name: string
  readonly enforce: 'pre'
  transform(code: string, id: string): string | null
}

/**
 * Changes the one line as the file is loaded; on the disk nothing is touched. `onLoad` is told when it is.
 */
const planted = (file: string, from: string, to: string, onLoad: () => void): Plugin => {
  const path = resolve(root, file)
  return {
    name: 'mutant',
    enforce: 'pre',
    transform: (code, id) => {
      if (id.split('?')[0] !== path) return null
      onLoad()
      return code.replace(from, () => to)
    },
  }
}

const isThere = (file: string, from: string): boolean =>
  readFileSync(resolve(root, file), 'utf8').split(from).length === 2

interface Ran {
  readonly ran: number
  readonly failed: number
}

const runTests = async (test: string, only: string | undefined, plugins: Plugin[]): Promise<Ran> => {
  const packageFolder = resolve(root, test.split('/').slice(0, 2).join('/'))
  const vitest = await startVitest(
    [relative(packageFolder, resolve(root, test))],
    {
      root: packageFolder,
      watch: false,
      // Kept on the disk, a mutant would be what other runs load, and they what it should.
      fsModuleCache: false,
      reporters: [{}],
      ...(only === undefined ? {} : { testNamePattern: only }),
    },
    { plugins },
  )
  const tests = vitest.state.getTestModules().flatMap((module) => [...module.children.allTests()])
  const states = tests.map((one) => one.result().state)
  await vitest.close()
  return {
    ran: states.filter((state) => state === 'passed' || state === 'failed').length,
    failed: states.filter((state) => state === 'failed').length,
  }
}

/** The tests of all of them with the safeguards in place: red already, their red would say nothing. */
const areSound = async (): Promise<boolean> => {
  const patterns = mutants.map(({ only }) => only)
  const all = patterns.includes(undefined) ? undefined : patterns.join('|')
  const { ran, failed } = await runTests(mutants[0]?.test ?? '', all, [])
  return ran > 0 && failed === 0
}

const runWeakened = async (test: string, only: string | undefined, sql: string): Promise<Ran> => {
  const drop = await useWeakenedTemplate(sql)
  try {
    return await runTests(test, only, [])
  } finally {
    await drop()
  }
}

const outcomeOf = async (mutant: Mutant): Promise<Outcome> => {
  const { test, only } = mutant
  let loaded = 'sql' in mutant
  if (!('sql' in mutant) && !isThere(mutant.file, mutant.from)) return 'not-there'
  const { ran, failed } =
    'sql' in mutant
      ? await runWeakened(test, only, mutant.sql)
      : await runTests(test, only, [
          planted(mutant.file, mutant.from, mutant.to, () => {
            loaded = true
          }),
        ])
  if (!loaded) return 'not-loaded'
  if (ran === 0) return 'broken'
  return failed > 0 ? 'killed' : 'survived'
}

const sound = await areSound()
for (const mutant of mutants) {
  const outcome = sound ? await outcomeOf(mutant) : 'unsound'
  process.stdout.write(`\noutcome: ${outcome} ${mutant.name}\n`)
}
process.exit(0)
