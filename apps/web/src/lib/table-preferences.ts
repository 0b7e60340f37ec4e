import * as z from 'zod/mini'

/**
 * How this browser's tables are looked at: the density of all of them, and for each by its name the keys of
 * columns that are taken off. Names and keys are words of the console itself, so nothing of a patient is
 * stored.
 */
const name = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9-]{0,39}$/))
const preferences = z.object({
  compact: z._default(z.boolean(), false),
  hidden: z._default(z.record(name, z.array(name)), {}),
})

export type TablePreferences = z.output<typeof preferences>

export const TABLES_KEY = 'chartward-tables'

const NONE: TablePreferences = { compact: false, hidden: {} }

/** What a storage held; nothing of it where anything is not as it was written. */
export const readPreferences = (text: string | null): TablePreferences => {
  if (text === null) return NONE
  try {
    return preferences.safeParse(JSON.parse(text)).data ?? NONE
  } catch {
    return NONE
  }
}

/** The columns of a table that are taken off, or shown again. */
export const withHidden = (
  before: TablePreferences,
  table: string,
  hidden: readonly string[],
): TablePreferences => {
  const { [table]: _, ...others } = before.hidden
  return { ...before, hidden: hidden.length === 0 ? others : { ...others, [table]: [...hidden] } }
}

interface Choosable {
  readonly key: string
  readonly always?: boolean
}

/** The columns to show. One that must stay does, whatever is stored, and so does the last that is left. */
export const shownColumns = <C extends Choosable>(
  columns: readonly C[],
  hidden: readonly string[],
): readonly C[] => {
  const shown = columns.filter(({ key, always }) => always === true || !hidden.includes(key))
  return shown.length === 0 ? columns.slice(0, 1) : shown
}
