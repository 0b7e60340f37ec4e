import { department, displayName, employeeNumber, newEmail } from '@chartward/contract'
import { assignableRoles, type Policy } from '@chartward/policy'
import type { Calendar } from '../../core/days.ts'
import type { Problem, WantedRole } from './wanted.ts'

/** What a cell says: nothing, that something is taken away, or a value; or what is wrong with it. */
export type Cell<T> = { readonly value: T | null | undefined } | { readonly says: string }

/** Takes away what is there. An empty cell leaves it as it is. */
const NONE = '-'

type Schema = typeof department | typeof displayName | typeof newEmail | typeof employeeNumber

const read = (cell: string, schema: Schema, otherwise: string): Cell<string> => {
  if (cell === '') return { value: undefined }
  if (cell === NONE) return { value: null }
  const parsed = schema.safeParse(cell)
  if (parsed.success) return { value: parsed.data }
  const [issue] = parsed.error.issues
  const says: unknown = issue?.code === 'custom' ? issue.params?.says : undefined
  return { says: typeof says === 'string' ? sentence(says) : otherwise }
}

const sentence = (says: string): string => `${says.charAt(0).toUpperCase()}${says.slice(1)}`

export const nameCell = (cell: string) => read(cell, displayName, 'A name is up to 120 characters.')
export const emailCell = (cell: string) => read(cell, newEmail, 'An address is up to 254 characters.')
export const departmentCell = (cell: string) => read(cell, department, 'A department is up to 80 characters.')
export const numberCell = (cell: string) =>
  read(
    cell,
    employeeNumber,
    'A number is up to 32 letters, digits and . / _ - without accents, a letter or digit first.',
  )

export const statusCell = (cell: string): Cell<'active' | 'deactivated'> => {
  const word = cell.toLowerCase()
  if (word === '') return { value: undefined }
  if (word === 'active' || word === 'deactivated') return { value: word }
  return { says: 'Write active or deactivated, or leave it empty.' }
}

const ROLE = /^(?<name>.+?)(?:\s+from\s+(?<from>\S+))?(?:\s+until\s+(?<until>\S+))?$/iu

/**
 * The roles that are held afterwards, parted by semicolons, by name or title:
 * `nurse until 2027-06-30; billing`.
 * Days are those of the installation; the last one counts.
 */
export const rolesCell = (
  cell: string,
  { policy, calendar, now }: { readonly policy: Policy; readonly calendar: Calendar; readonly now: Date },
): Cell<readonly WantedRole[]> => {
  if (cell === '') return { value: undefined }
  if (cell === NONE) return { value: null }
  const roles: WantedRole[] = []
  for (const part of cell.split(';')) {
    const { name, from, until } = ROLE.exec(part.trim())?.groups ?? {}
    const role = assignableRoles(policy).find((one) => isCalled(one, name ?? ''))
    if (role === undefined)
      return { says: 'There is no such role. Write its name or its title, several with ; between them.' }
    if (roles.some((one) => one.role === role.name)) return { says: 'The same role stands there twice.' }
    const first = from === undefined ? null : dayOf(calendar, from)
    const last = until === undefined ? null : dayOf(calendar, until)
    if (first === undefined || last === undefined)
      return { says: 'A day is written as 2027-06-30, after from or until.' }
    const startsAt = first !== null && first.from > now ? first.from : null
    const endsAt = last === null ? null : last.to
    if (endsAt !== null && endsAt <= (startsAt ?? now))
      return { says: 'The assignment would end before it starts. Give a later day after until.' }
    roles.push({ role: role.name, startsAt, endsAt })
  }
  return { value: roles }
}

const isCalled = ({ name, title }: { readonly name: string; readonly title: string }, as: string): boolean =>
  [name, title].some((own) => own.toLowerCase() === as.toLowerCase())

const dayOf = (calendar: Calendar, text: string) =>
  (/^\d{4}-\d\d-\d\d$/.test(text) ? calendar.daysOf(text) : null) ?? undefined

/** What of a cell counts; a problem is put where they are gathered. */
export const taken = <T>(
  cell: Cell<T>,
  column: NonNullable<Problem['column']>,
  problems: Problem[],
): T | null | undefined => {
  if ('value' in cell) return cell.value
  problems.push({ column, says: cell.says })
  return undefined
}
