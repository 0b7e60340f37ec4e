import { spawnSync } from 'node:child_process'
import { createInstallation } from './harness/installation.ts'

const i = await createInstallation()
await i.freshDatabase('b1')
console.time('imp')
const { spawn } = await import('node:child_process')
await new Promise((r) =>
  spawn(
    process.execPath,
    [
      ...(process.env.PROF ? ['--cpu-prof', '--cpu-prof-dir=/tmp/prof', '--cpu-prof-interval=500'] : []),
      new URL('./import/chartward-import.ts', import.meta.url).pathname,
      JSON.stringify({
        databaseUrl: i.server.url('chartward_app', 'b1'),
        keyFolder: i.keyFolder,
        file: '/work/shared/data/fhir-r4/synthea-240-patients.ndjson.gz',
      }),
    ],
    { stdio: 'inherit' },
  ).on('exit', r),
)
console.timeEnd('imp')
const { execSync } = await import('node:child_process')
await new Promise((r) => setTimeout(r, 500))
console.log(
  execSync(
    `P=$(head -1 ${i.server.folder}/postgres/postmaster.pid); awk '{print "postmaster children cpu s:", ($16+$17)/100}' /proc/$P/stat; for c in $(pgrep -P $P); do awk '{printf "%s ", ($14+$15)/100}' /proc/$c/stat; tr '\\0' ' ' </proc/$c/cmdline; echo; done`,
  ).toString(),
)
await i.stop()
