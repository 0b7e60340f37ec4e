import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule } from 'vitest/node'
import { type PackageTimes, TIMES_FILE } from './times.ts'

const secondsOf = (module: TestModule): number => {
  const { environmentSetupDuration, prepareDuration, collectDuration, setupDuration, duration } =
    module.diagnostic()
  return (environmentSetupDuration + prepareDuration + collectDuration + setupDuration + duration) / 1000
}

/** Leaves in a package's node_modules how long its tests took, for the table that `pnpm test` ends with. */
export default class TimesReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const files = modules.map((module) => ({ file: module.relativeModuleId, seconds: secondsOf(module) }))
    const times: PackageTimes = { seconds: performance.now() / 1000, files }
    writeFileSync(TIMES_FILE, JSON.stringify(times))
  }
}
