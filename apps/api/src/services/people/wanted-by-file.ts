import { addressKey } from '@chartward/contract'
import type { Transaction } from '@chartward/db'
import type { Policy } from '@chartward/policy'
import type { App } from '../../app.ts'
import { departmentCell, emailCell, nameCell, numberCell, rolesCell, statusCell, taken } from './cells.ts'
import { KnownPeople } from './known-people.ts'
import { type FileLine, readPeopleFile } from './read-file.ts'
import type { Problem, Wanted, WantedManager } from './wanted.ts'

const columnOf = (
  { cells }: FileLine,
  column: Parameters<NonNullable<FileLine['cells']>['get']>[0],
): string => cells?.get(column) ?? ''

/** Which keys stand in more than one line. */
const twice = (keys: readonly string[]): ReadonlySet<string> => {
  const counted = Map.groupBy(keys, (key) => key)
  return new Set([...counted].flatMap(([key, all]) => (key !== '' && all.length > 1 ? [key] : [])))
}

/**
 * What each line of a file wants, with what is wrong with it. Addresses are one where their keys are
 * (`addressKey`: case, width and the script of a domain's name); one that could be taken for another script's
 * is not taken at all (`addressTrouble`). Of lines that name the same person none counts.
 */
export const wantedByFile = async (
  tx: Transaction,
  app: App,
  { bytes, policy }: { readonly bytes: Uint8Array; readonly policy: Policy },
): Promise<Wanted[]> => {
  const lines = readPeopleFile(bytes)
  const emails = lines.map((line) => columnOf(line, 'email'))
  const numbers = lines.map((line) => columnOf(line, 'employee_number').toLowerCase())
  const managers = lines.map((line) => columnOf(line, 'manager'))
  const known = await KnownPeople.read(tx, {
    addresses: [...emails, ...managers].filter((one) => one.includes('@')),
    numbers: [...numbers, ...managers].filter((one) => one !== '' && !one.includes('@')),
  })
  const file: File = {
    known,
    addressesTwice: twice(emails.map((email) => (email === '' ? '' : addressKey(email)))),
    numbersTwice: twice(numbers.map((one) => (one === '-' ? '' : one))),
    lineAt: new Map(lines.map((line) => [addressKey(columnOf(line, 'email')), line])),
    lineNumbered: new Map(lines.map((line) => [columnOf(line, 'employee_number').toLowerCase(), line])),
    roles: { policy, calendar: app.calendar, now: app.clock() },
  }
  return lines.map((line) => wantedByLine(line, file))
}

interface File {
  readonly known: KnownPeople
  readonly addressesTwice: ReadonlySet<string>
  readonly numbersTwice: ReadonlySet<string>
  readonly lineAt: ReadonlyMap<string, FileLine>
  readonly lineNumbered: ReadonlyMap<string, FileLine>
  readonly roles: Parameters<typeof rolesCell>[1]
}

const wantedByLine = (line: FileLine, file: File): Wanted => {
  const problems: Problem[] = []
  const add = (column: Problem['column'], says: string) => problems.push({ column, says })
  if (line.cells === null) add(null, `This line has ${line.width} cells, the header seven.`)
  const displayName = taken(nameCell(columnOf(line, 'name')), 'name', problems) ?? ''
  const email = taken(emailCell(columnOf(line, 'email')), 'email', problems) ?? ''
  const department = taken(departmentCell(columnOf(line, 'department')), 'department', problems)
  const number = taken(numberCell(columnOf(line, 'employee_number')), 'employee_number', problems)
  const roles = taken(rolesCell(columnOf(line, 'roles'), file.roles), 'roles', problems)
  const status = taken(statusCell(columnOf(line, 'status')), 'status', problems) ?? undefined
  const manager = line.cells === null ? undefined : managerOf(columnOf(line, 'manager'), file, add)

  const who = email === '' ? undefined : file.known.at(email)
  if (email === '' && problems.length === 0) add('email', 'Give the address of the person.')
  if (email !== '' && file.addressesTwice.has(addressKey(email)))
    add('email', 'Another line names the same address. Leave one of them.')
  if (typeof number === 'string') {
    if (file.numbersTwice.has(number.toLowerCase()))
      add('employee_number', 'Another line has the same number. Each belongs to one person.')
    const holder = file.known.numbered(number)
    if (holder !== undefined && holder.id !== who?.id)
      add('employee_number', 'Somebody else has this number: correct it here, or change it there first.')
  }
  if (who === undefined && email !== '' && displayName === '')
    add('name', 'Nobody has this address yet: give the name of the person.')
  if (who === undefined && status === 'deactivated')
    add('status', 'Nobody has this address, so there is nobody to deactivate. Leave the line out.')
  return {
    line: line.line,
    who: who === undefined ? { is: 'new', id: null, email } : { is: 'known', id: who.id },
    displayName,
    email,
    rename: displayName !== '',
    ...(department === undefined ? {} : { department }),
    ...(number === undefined ? {} : { employeeNumber: number }),
    ...(manager === undefined ? {} : { manager }),
    ...(roles === undefined ? {} : { roles: { mode: 'exactly' as const, roles: roles ?? [] } }),
    ...(status === undefined ? {} : { status }),
    problems,
  }
}

const managerOf = (
  cell: string,
  { known, lineAt, lineNumbered }: File,
  add: (column: Problem['column'], says: string) => void,
): WantedManager | null | undefined => {
  if (cell === '') return undefined
  if (cell === '-') return null
  const isAddress = cell.includes('@')
  const one = isAddress ? known.at(cell) : known.numbered(cell)
  if (one !== undefined) return { by: 'user', id: one.id }
  const line = isAddress ? lineAt.get(addressKey(cell)) : lineNumbered.get(cell.toLowerCase())
  // Somebody who has an account is never called by the line that changes them.
  if (line !== undefined && known.at(columnOf(line, 'email')) === undefined)
    return { by: 'line', line: line.line, displayName: columnOf(line, 'name') }
  add('manager', 'Nobody has this address or number, here or in the file. Name a user, or leave it empty.')
  return undefined
}
