/**
 * `pnpm soak [kills]`: the tests that kill processes, each state machine many times over (60 unless told; an
 * outage kills some 20 times for 12 of them). Its last results stand in docs/benchmarks.md and
 * docs/operations.md. Then all mutants, of which `pnpm test` plants 24.
 */
import { spawnSync } from 'node:child_process'

const kills = Number(process.argv[2] ?? 60)
if (!Number.isInteger(kills) || kills < 1) {
  process.stderr.write(
    'pnpm soak [kills]: how often each state machine is killed, a whole number from 1 on.\n',
  )
  process.exit(2)
}

const MACHINES = [
  ['import', 'src/services/import/import-fhir.test.ts', 'an import that is killed'],
  ['export build', 'src/jobs/jobs.test.ts', 'killed at any moment'],
  ['long work', 'src/services/works/kills.test.ts', 'at any moment'],
  ['lockdown of many', 'src/services/users/lock-down-many.test.ts', 'at any moment'],
  ['people by a file', 'src/services/people/kills.test.ts', 'at any moment'],
  ['a role put in force', 'src/services/roles/kills.test.ts', 'has moved all who hold the role'],
  ['a glass broken and a cover', 'src/services/covers/covers.test.ts', 'leaves a cover whole'],
  ['a patient destroyed', 'src/services/shred/kills.test.ts', 'has destroyed all or nothing'],
  ['a rotation of keys', 'src/services/keys/kills.test.ts', 'leaves every record readable'],
  ['sequencer', 'src/sequencer/main.test.ts', 'killed under load'],
  ['follower of the log', 'src/sequencer/follow/follow-log.test.ts', 'killed under load'],
  ['the database under the API', 'src/cli/outage.test.ts', 'loses nothing that it acknowledged'],
  ['two of each behind PgBouncer', 'src/cli/outage.test.ts', 'whichever is killed under load'],
] as const

let failed = 0
for (const [name, file, only] of MACHINES) {
  const begun = performance.now()
  const { status } = spawnSync('vitest', ['run', file, '--testNamePattern', only], {
    cwd: 'apps/api',
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, CHARTWARD_KILLS: String(kills) },
  })
  const seconds = ((performance.now() - begun) / 1000).toFixed(0)
  if (status !== 0) failed += 1
  process.stdout.write(`${status === 0 ? 'ok  ' : 'FAIL'}  ${name}: ${kills} kills (${seconds} s)\n`)
}
const mutants = spawnSync('node', ['scripts/mutants.ts'], { stdio: 'inherit' })
if (mutants.status !== 0) failed += 1
process.stdout.write(`soak: ${MACHINES.length + 1 - failed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1
