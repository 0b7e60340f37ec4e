/**
 * `pnpm verify`: format, lint, types, boundaries, unused code, examples. No database; seconds. Everything
 * runs even where something has failed, so that one run says all there is to mend.
 */
import { spawn } from 'node:child_process'
import { checkBoundaries } from './boundaries.ts'
import { checkCitedTests } from './cited-tests.ts'
import { checkDialects } from './dialects.ts'
import { checkMutantLines } from './mutants/lines.ts'
import { checkSnippets } from './snippets.ts'

interface Step {
  readonly name: string
  readonly run: () => Promise<string | null>
}

/** Runs a program of node_modules/.bin; resolves with its output where it fails, else with null. */
const program = (command: string, ...args: string[]): (() => Promise<string | null>) => {
  return () =>
    new Promise((resolve, reject) => {
      const env = { ...process.env, NO_COLOR: '1', TURBO_TELEMETRY_DISABLED: '1' }
      const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env })
      const output: Buffer[] = []
      child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
      child.stderr.on('data', (chunk: Buffer) => output.push(chunk))
      child.once('error', reject)
      child.once('close', (code) => resolve(code === 0 ? null : Buffer.concat(output).toString()))
    })
}

const steps: readonly Step[] = [
  { name: 'format and lint', run: program('biome', 'ci', '--colors=off', '--error-on-warnings', '.') },
  { name: 'dialect', run: checkDialects },
  // What runs in Node is one program, so that nothing is checked twice; the console has options of its own.
  { name: 'types', run: program('tsc', '--project', 'tsconfig.json') },
  { name: 'types of the console', run: program('tsc', '--project', 'apps/web/tsconfig.json') },
  { name: 'unused code', run: program('knip', '--no-progress') },
  { name: 'boundaries', run: checkBoundaries },
  { name: 'tests that the documents cite', run: checkCitedTests },
  { name: 'lines of the mutants', run: checkMutantLines },
  { name: 'examples of the READMEs', run: checkSnippets },
]

const started = performance.now()
let failed = 0
for (const { name, run } of steps) {
  const begun = performance.now()
  const problem = await run()
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  process.stdout.write(`${problem === null ? 'ok  ' : 'FAIL'}  ${name} (${seconds} s)\n`)
  if (problem !== null) {
    failed += 1
    process.stdout.write(`${problem}\n`)
  }
}
const seconds = ((performance.now() - started) / 1000).toFixed(1)
process.stdout.write(`verify: ${steps.length - failed} passed, ${failed} failed, in ${seconds} s\n`)
process.exitCode = failed === 0 ? 0 : 1
