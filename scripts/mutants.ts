/**
 * `pnpm mutants [words of a name]`: takes out each safeguard in turn and sees that its tests turn red. All
 * share one database server, two at a time; nothing on the disk is changed. Ends with 1 where one survives.
 */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import setUpServer from '../packages/db/src/testing/global-setup.ts'
import { MUTANTS } from './mutants/list.ts'
import { MEANING, type Mutant, type Outcome } from './mutants/mutant.ts'

const AT_ONCE = 2
const RUN_ONE = fileURLToPath(new URL('./mutants/run-one.ts', import.meta.url))
const LAST_WORD = /^outcome: ([a-z-]+)$/m

const isOutcome = (word: string | undefined): word is Outcome => word !== undefined && word in MEANING

const outcomeOf = (mutant: Mutant): Promise<{ outcome: Outcome; said: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [RUN_ONE, JSON.stringify(mutant)], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk
    })
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk
    })
    child.once('error', reject)
    child.once('close', () => {
      const word = LAST_WORD.exec(said)?.[1]
      resolve({ outcome: isOutcome(word) ? word : 'broken', said })
    })
  })

const wanted = process.argv.slice(2).join(' ').toLowerCase()
const waiting = MUTANTS.filter(({ name }) => name.toLowerCase().includes(wanted))
const begun = performance.now()
const all = waiting.length
let killed = 0

const runner = async (): Promise<void> => {
  for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
    const started = performance.now()
    const { outcome, said } = await outcomeOf(mutant)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    if (outcome === 'killed') killed += 1
    const mark = outcome === 'killed' ? 'ok  ' : 'FAIL'
    process.stdout.write(`${mark}  ${mutant.name} (${seconds} s)\n`)
    if (outcome === 'killed') continue
    process.stdout.write(`      ${MEANING[outcome]}: ${mutant.test}\n`)
    if (outcome === 'broken') process.stdout.write(`${said}\n`)
  }
}

const tearDown = await setUpServer()
try {
  await Promise.all(Array.from({ length: AT_ONCE }, runner))
} finally {
  await tearDown()
}
const seconds = ((performance.now() - begun) / 1000).toFixed(0)
process.stdout.write(`mutants: ${killed} passed, ${all - killed} failed, in ${seconds} s\n`)
process.exitCode = killed === all && all > 0 ? 0 : 1
