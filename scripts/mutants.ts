/**
 * `pnpm mutants [words of a name]`: takes out each safeguard in turn and sees that its tests turn red. With
 * `--one-of-each` only the first of 24 test files of all rooms, which is what `pnpm test` has time for; `pnpm
 * soak` has all. All share one database server, two at a time; nothing on the disk is changed. Ends with 1
 * where one survives.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import setUpServer from '../packages/db/src/testing/global-setup.ts'
import { MUTANTS } from './mutants/list.ts'
import { MEANING, type Mutant, type Outcome } from './mutants/mutant.ts'

const ONE_OF_EACH = '--one-of-each'
/** As many as there is time for within some four minutes. */
const MOST = 24
const AT_ONCE = 2
const RUN_FILE = fileURLToPath(new URL('./mutants/run-file.ts', import.meta.url))
const OUTCOME = /^outcome: ([a-z-]+) (.+)$/gm

const isOutcome = (word: string | undefined): word is Outcome => word !== undefined && word in MEANING

/** Runs the mutants of one test file; a mutant of which nothing is said is broken. */
const outcomesOf = (mutants: readonly Mutant[]): Promise<{ outcomes: Map<string, Outcome>; said: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [RUN_FILE, JSON.stringify(mutants)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk
      })
    child.once('error', reject)
    child.once('close', () => {
      const outcomes = new Map<string, Outcome>()
      for (const [, word, name = ''] of said.matchAll(OUTCOME)) if (isOutcome(word)) outcomes.set(name, word)
      resolve({ outcomes, said })
    })
  })

const words = process.argv.slice(2).filter((word) => word !== ONE_OF_EACH)
const wanted = words.join(' ').toLowerCase()
const named = MUTANTS.filter(({ name }) => name.toLowerCase().includes(wanted))
/** The first of each test file, and of these as many as there is time for, from every room. */
const oneOfEach = (): readonly Mutant[] => {
  const firsts = named.filter(({ test }, i) => named.findIndex((other) => other.test === test) === i)
  const step = Math.max(1, firsts.length / MOST)
  return firsts.filter((_, i) => i === 0 || Math.floor(i / step) > Math.floor((i - 1) / step))
}
const chosen = process.argv.includes(ONE_OF_EACH) ? oneOfEach() : named
const files = [...Map.groupBy(chosen, ({ test }) => test).values()]
const begun = performance.now()
let killed = 0

const runner = async (): Promise<void> => {
  for (let mutants = files.shift(); mutants !== undefined; mutants = files.shift()) {
    const { outcomes, said } = await outcomesOf(mutants)
    for (const { name, test } of mutants) {
      const outcome = outcomes.get(name) ?? 'broken'
      if (outcome === 'killed') killed += 1
      process.stdout.write(`${outcome === 'killed' ? 'ok  ' : 'FAIL'}  ${name}\n`)
      if (outcome !== 'killed') process.stdout.write(`      ${MEANING[outcome]}: ${test}\n`)
      if (outcome === 'broken') process.stdout.write(`${said}\n`)
    }
  }
}

const tearDown = await setUpServer()
try {
  await Promise.all(Array.from({ length: AT_ONCE }, runner))
} finally {
  await tearDown()
}
const seconds = ((performance.now() - begun) / 1000).toFixed(0)
process.stdout.write(`mutants: ${killed} passed, ${chosen.length - killed} failed, in ${seconds} s\n`)
process.exitCode = killed === chosen.length && chosen.length > 0 ? 0 : 1
