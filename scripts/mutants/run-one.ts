/** One mutant in a process of its own: prints its outcome, and ends with 0 where it was found. */
import { readFileSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { type Plugin, startVitest } from 'vitest/node'
import { useWeakenedTemplate } from '../../packages/db/src/testing/weakened-template.ts'
import type { Mutant, Outcome } from './mutant.ts'

const mutant: Mutant = JSON.parse(process.argv[2] ?? '')
const root = resolve(import.meta.dirname, '../..')
const packageFolder = resolve(root, mutant.test.split('/').slice(0, 2).join('/'))

let loaded = false

/** Changes the one line as the file is loaded; on the disk nothing is touched. */
const planted = (file: string, from: string, to: string): Plugin => {
  const path = resolve(root, file)
  return {
    name: 'mutant',
    enforce: 'pre',
    transform: (code, id) => {
      if (id.split('?')[0] !== path) return null
      loaded = true
      return code.replace(from, () => to)
    },
  }
}

const isThere = (file: string, from: string): boolean =>
  readFileSync(resolve(root, file), 'utf8').split(from).length === 2

const runTests = async (plugins: Plugin[]): Promise<{ ran: number; failed: number }> => {
  const vitest = await startVitest(
    [relative(packageFolder, resolve(root, mutant.test))],
    {
      root: packageFolder,
      watch: false,
      reporters: [{}],
      ...(mutant.only === undefined ? {} : { testNamePattern: mutant.only }),
    },
    { plugins },
  )
  const tests = vitest.state.getTestModules().flatMap((module) => [...module.children.allTests()])
  const states = tests.map((test) => test.result().state)
  await vitest.close()
  return {
    ran: states.filter((state) => state === 'passed' || state === 'failed').length,
    failed: states.filter((state) => state === 'failed').length,
  }
}

const run = async (): Promise<{ ran: number; failed: number }> => {
  if (!('sql' in mutant)) return runTests([planted(mutant.file, mutant.from, mutant.to)])
  loaded = true
  const drop = await useWeakenedTemplate(mutant.sql)
  try {
    return await runTests([])
  } finally {
    await drop()
  }
}

const outcomeOf = async (): Promise<Outcome> => {
  if (!('sql' in mutant) && !isThere(mutant.file, mutant.from)) return 'not-there'
  const { ran, failed } = await run()
  if (!loaded) return 'not-loaded'
  if (ran === 0) return mutant.only === undefined ? 'broken' : 'not-loaded'
  return failed > 0 ? 'killed' : 'survived'
}

const outcome = await outcomeOf()
process.stdout.write(`\noutcome: ${outcome}\n`)
process.exit(outcome === 'killed' ? 0 : 1)
