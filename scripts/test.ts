/**
 * `pnpm test`: everything. Verify first, since it is quick; then every package's tests, with the console
 * built; then the console in a real Chromium. Without Chromium the last part is left out and says so, except
 * in CI, where it is part of the promise. It ends with a table of what took how long.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { summaryOf, type Timed, takeTimes } from './times.ts'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'
const REPORTER = fileURLToPath(new URL('./times-reporter.ts', import.meta.url))
const TIMED = ['--', '--reporter=default', `--reporter=${REPORTER}`]

const parts: Timed[] = []
const files: Timed[] = []

const end = (status: 0 | 1): never => {
  process.stdout.write(summaryOf(parts, files))
  process.exit(status)
}

const run = (name: string, command: string, ...args: string[]): void => {
  process.stdout.write(`\n== ${name}\n`)
  takeTimes()
  const begun = performance.now()
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
  })
  const taken = takeTimes()
  parts.push({ name, seconds: (performance.now() - begun) / 1000 }, ...taken.packages)
  files.push(...taken.files)
  if (status !== 0) {
    process.stdout.write(`\n${name} failed\n`)
    end(1)
  }
}

run('verify', 'node', 'scripts/verify.ts')
// The console first: servers that tests start serve it.
run('console', 'turbo', 'run', 'build', '--output-logs=new-only')
// One package after the other: each has a database server of its own, and two cores would make them wait
// for each other.
run('tests', 'turbo', 'run', 'test', '--concurrency=1', '--output-logs=new-only', ...TIMED)
run('mutants', 'node', 'scripts/mutants.ts', '--one-of-each')
if (existsSync(CHROMIUM)) run('end to end', 'turbo', 'run', 'e2e', '--output-logs=new-only', ...TIMED)
else if (process.env.CI === undefined)
  process.stdout.write(`\nNo Chromium at ${CHROMIUM}: the end-to-end tests were left out.\n`)
else {
  process.stdout.write(`\nNo Chromium at ${CHROMIUM}: CI needs it.\n`)
  end(1)
}
end(0)
