import { reference } from './harness/reference.ts'
import type { Report } from './harness/report.ts'
import { formatReport } from './harness/report.ts'

/** Every benchmark by name: `pnpm bench NAME`. */
const BENCHES: Readonly<Record<string, () => Promise<{ run(): Promise<Report> }>>> = {
  backup: () => import('./backup/backup.ts'),
  read: () => import('./read/read.ts'),
  import: () => import('./import/import.ts'),
  chart: () => import('./chart/chart.ts'),
  deid: () => import('./deid/deid.ts'),
  web: () => import('./web/web.ts'),
  users: () => import('./users/users.ts'),
  crypto: () => import('./crypto/crypto.ts'),
  policy: () => import('./policy/policy.ts'),
  signin: () => import('./signin/signin.ts'),
  rotate: () => import('./rotate/rotate.ts'),
  roles: () => import('./roles/roles.ts'),
}

const name = process.argv[2] ?? ''
const load = Object.hasOwn(BENCHES, name) ? BENCHES[name] : undefined
if (load === undefined) {
  process.stderr.write(`Which benchmark? pnpm bench ${Object.keys(BENCHES).join('|')}\n`)
  process.exitCode = 2
} else {
  const before = reference('before')
  const { bench, results } = await (await load()).run()
  const report: Report = { bench, results: [...results, before, reference('after')] }
  process.stdout.write(formatReport(report))
  // A figure that is missed is an answer, not a failure of the benchmark: what is held to a limit is read
  // from the JSON.
}
