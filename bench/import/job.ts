/** What a process of the import benchmark is given, and what it answers. */
export interface ImportJob {
  readonly databaseUrl: string
  readonly keyFolder: string
  readonly file: string
}

export interface ImportDone {
  readonly resources: number
  readonly seconds: number
  readonly peakMebibytes: number
  readonly cpuSeconds: number
}

/** Measures what `work` takes in this process; it gives how many resources it has stored. */
export const measure = async (work: () => Promise<number>): Promise<ImportDone> => {
  const started = performance.now()
  const cpu = process.cpuUsage()
  const resources = await work()
  const { user, system } = process.cpuUsage(cpu)
  return {
    resources,
    seconds: (performance.now() - started) / 1000,
    peakMebibytes: process.resourceUsage().maxRSS / 1024,
    cpuSeconds: (user + system) / 1e6,
  }
}
