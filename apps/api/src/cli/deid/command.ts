import { readFile } from 'node:fs/promises'
import { DeidError, ZIP3_POPULATIONS } from '@chartward/deid'
import { type TableVerification, verifyTableRelease } from '@chartward/deid/tables/verify'
import type { Command } from 'commander'
import { operatorOf, withOperator } from '../operator.ts'
import { print } from '../print.ts'
import { UsageError } from '../usage-error.ts'
import { findingLine } from './finding-line.ts'
import { recordRun } from './record-run.ts'
import { releaseFolder } from './release-folder.ts'
import { type RunResult, runPlan } from './run-plan.ts'

const SHOW_EVERY_MS = 1000
/** By convention 128 + SIGINT. */
const CANCELLED = 130

interface RunFlags {
  readonly key?: string
  readonly crosswalk?: string
  readonly operator?: string
  readonly data?: string
}

interface VerifyFlags {
  readonly canaries?: string
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

const show = ({ manifest, verification }: RunResult): void => {
  const { source, released, method, proof, utility, risksAfter } = manifest
  const how =
    proof.kind === 'best-found' ? `best found, at most ${proof.gap.toFixed(4)} from the best` : proof.kind
  print(`${released.rows} of ${source.rows} rows released, ${released.suppressedRows} suppressed`)
  print(`  ${method} (${how}), loss ${percent(utility.loss)}`)
  print(`  smallest class ${risksAfter.smallestClass}, highest risk ${percent(risksAfter.prosecutor)}`)
  for (const { model, reached } of manifest.models) print(`  ${model.kind}: reached ${reached}`)
  print(verification.ok ? 'The verifier confirms the release.' : 'The verifier does NOT confirm the release.')
}

/** One line a second at most. */
const progressLine = () => {
  let shownAt = Number.NEGATIVE_INFINITY
  return (method: string, done: number): void => {
    const now = performance.now()
    if (now - shownAt < SHOW_EVERY_MS) return
    shownAt = now
    print(`  ${method}: ${percent(done)}`)
  }
}

const isFullDisk = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')

const run = async (planFile: string, inputFile: string, out: string, flags: RunFlags): Promise<void> => {
  const cancel = new AbortController()
  const onSignal = () => cancel.abort()
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal)
  try {
    const result = await recordRun({ ...flags, operator: operatorOf(flags) }, () =>
      runPlan({
        planFile,
        inputFile,
        out,
        keyFile: flags.key ?? null,
        crosswalkFile: flags.crosswalk ?? null,
        signal: cancel.signal,
        onProgress: progressLine(),
      }),
    )
    show(result)
    print(`The release is in ${out}.`)
  } catch (error) {
    if (cancel.signal.aborted) {
      print('Cancelled: nothing was released, and nothing is left behind.')
      process.exitCode = CANCELLED
      return
    }
    if (isFullDisk(error))
      throw new UsageError('The disk is full: nothing was released, and nothing is left behind.')
    if (error instanceof DeidError) throw new UsageError(error.message)
    throw error
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal)
  }
}

const showFindings = ({ findings, total }: TableVerification): void => {
  for (const finding of findings) print(`  ${findingLine(finding)}`)
  if (total > findings.length) print(`  … and ${total - findings.length} more`)
}

const readCanaries = async (file: string | undefined): Promise<string[]> => {
  if (file === undefined) return []
  const text = await readFile(file, 'utf8').catch(() => {
    throw new UsageError(`${file} can not be read: check the path.`)
  })
  return text.split(/\r?\n/).filter((line) => line !== '')
}

const verify = async (folder: string, flags: VerifyFlags): Promise<void> => {
  const verification = await verifyTableRelease(releaseFolder(folder), {
    zip3Populations: ZIP3_POPULATIONS,
    canaries: await readCanaries(flags.canaries),
  })
  showFindings(verification)
  const { ok, recomputed, total } = verification
  print(
    ok && recomputed !== null
      ? `The release holds: ${recomputed.rows} rows, smallest class ${recomputed.risks.smallestClass}.`
      : `The release does NOT hold: ${total} findings.`,
  )
  if (!ok) process.exitCode = 1
}

export const addDeid = (program: Command): void => {
  const deid = program.command('deid').description('de-identify a table, and verify a de-identified one')
  withOperator(
    deid
      .command('run')
      .description('de-identify a CSV file by a plan and put the release, verified, into a new folder')
      .argument('<plan>', 'the plan, JSON; hierarchies that it takes from files are named from its folder')
      .argument('<input>', 'the table, CSV with a header')
      .argument('<out>', 'a folder that does not exist yet')
      .option('--key <file>', "the export's key, for derived values; made where there is none")
      .option('--crosswalk <file>', 'which random id stands for whom: PHI, kept apart from the release')
      .option('--data <dir>', 'folder of an installation beside it, whose audit log says that this was done'),
  ).action(run)
  deid
    .command('verify')
    .description('read a release again as its recipient would, and work out every claim anew')
    .argument('<folder>')
    .option('--canaries <file>', 'texts, one a line, that must not stand in any file of the release')
    .action(verify)
}
