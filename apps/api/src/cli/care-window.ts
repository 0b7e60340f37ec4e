import { CARE_WINDOW_DAYS } from '@chartward/contract'
import { openDatabase } from '@chartward/db'
import { type Command, InvalidArgumentError } from 'commander'
import { countWindow, type WindowCount } from '../care/window.ts'
import { findInstallation } from '../core/installation.ts'
import { type Environment, readEnvironment } from '../env.ts'
import { type Databases, withDatabases } from './database.ts'
import { print } from './print.ts'
import { UsageError } from './usage-error.ts'

const NAME = 'CHARTWARD_CARE_RELATIONSHIP_DAYS'

const daysArgument = (text: string): number => {
  const days = Number(text)
  if (!Number.isInteger(days) || days < 1 || days > 36_500)
    throw new InvalidArgumentError('A window is 1 to 36500 days.')
  return days
}

interface Window {
  readonly days: number
  readonly asked: number
}

/** What comes of a window, in the lines that are printed. */
export const windowLines = (
  { days, asked }: Window,
  { inForce, end, begin, chartsShut, people }: WindowCount,
): string[] => [
  `By ${days} days, ${inForce} imported care relationships of people with an account are in force.`,
  `By ${asked} days instead, ${end} of them end: that shuts ${chartsShut} charts for ${people} people. ${begin} others begin.`,
]

const count = async (databases: Databases, window: Window): Promise<WindowCount | null> => {
  const db = openDatabase({ url: databases.app, connections: 1, name: 'chartward-care-window' })
  try {
    if ((await findInstallation(db)) === null) return null
    return await countWindow(db, { ...window, now: new Date() })
  } finally {
    await db.close()
  }
}

/**
 * Said at an upgrade and at each start, as long as nobody has told how long encounters count and the shorter
 * default leaves some out that counted before: how many, and how to keep them. Nothing is said where none is.
 */
export const shorterWindow = async (environment: Environment, databases: Databases): Promise<string[]> => {
  if (environment.careRelationshipDaysAreSet) return []
  const window = { days: CARE_WINDOW_DAYS.before, asked: environment.careRelationshipDays }
  const counted = await count(databases, window)
  if (counted === null || counted.end === 0) return []
  return [
    `Encounters count as care for ${window.asked} days after their end. Until now it was ${window.days}, where nobody had told:`,
    ...windowLines(window, counted),
    `Whoever needs such a chart breaks the glass. To keep the earlier window, set ${NAME}=${window.days}.`,
  ]
}

export const addCareWindow = (program: Command): void => {
  program
    .command('care-window')
    .description('say how many care relationships end by a shorter window; nothing is changed')
    .option('--from <days>', 'the window to compare with; the one that is set, unless told', daysArgument)
    .option(
      '--days <days>',
      `the window asked about; ${CARE_WINDOW_DAYS.unlessTold}, unless told`,
      daysArgument,
    )
    .action(async ({ from, days }: { from?: number; days?: number }) => {
      const environment = readEnvironment()
      const set = environment.careRelationshipDaysAreSet
        ? environment.careRelationshipDays
        : CARE_WINDOW_DAYS.before
      const window = { days: from ?? set, asked: days ?? CARE_WINDOW_DAYS.unlessTold }
      const counted = await withDatabases(environment, (databases) => count(databases, window))
      if (counted === null) throw new UsageError('This database is not set up: run `chartward init` first.')
      for (const line of windowLines(window, counted)) print(line)
      print(`Nothing was changed. ${NAME} sets the window, from the next start on.`)
    })
}
