/**
 * `pnpm test`: everything. Verify first, since it is quick; then every package's tests; then the console in
 * a real Chromium. Without Chromium the last part is left out and says so, except in CI, where it is part
 * of the promise.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'

const run = (name: string, command: string, ...args: string[]): void => {
  process.stdout.write(`\n== ${name}\n`)
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
  })
  if (status !== 0) {
    process.stdout.write(`\n${name} failed\n`)
    process.exit(1)
  }
}

run('verify', 'node', 'scripts/verify.ts')
// One package after the other: each has a database server of its own, and two cores would make them wait
// for each other.
run('tests', 'turbo', 'run', 'test', '--concurrency=1', '--output-logs=new-only')
run('console', 'turbo', 'run', 'build', '--output-logs=new-only')
if (existsSync(CHROMIUM)) run('end to end', 'turbo', 'run', 'e2e', '--output-logs=new-only')
else if (process.env.CI === undefined)
  process.stdout.write(`\nNo Chromium at ${CHROMIUM}: the end-to-end tests were left out.\n`)
else {
  process.stdout.write(`\nNo Chromium at ${CHROMIUM}: CI needs it.\n`)
  process.exit(1)
}
