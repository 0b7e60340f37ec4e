import type { LineOutcome, LineResult, PeopleChangeItem } from '@chartward/contract'
import { formatExact } from '../../lib/format.ts'
import type { TagTone } from '../status-tag.tsx'

/** What is said of a change of people, in the same words wherever it stands. Pure. */

interface Said {
  readonly label: string
  readonly tone: TagTone
}

export const OUTCOMES: Readonly<Record<LineOutcome, Said>> = {
  create: { label: 'New account', tone: 'info' },
  change: { label: 'Changes', tone: 'info' },
  same: { label: 'Stays the same', tone: 'quiet' },
  refused: { label: 'Refused', tone: 'bad' },
}

export const RESULTS: Readonly<Record<LineResult, Said>> = {
  done: { label: 'Done', tone: 'good' },
  same: { label: 'Was so already', tone: 'quiet' },
  refused: { label: 'Refused', tone: 'bad' },
  overtaken: { label: 'Not done: changed meanwhile', tone: 'warn' },
}

const NAMES: Readonly<Record<PeopleChangeItem['what'], string>> = {
  name: 'Name',
  department: 'Department',
  manager: 'Manager',
  'employee-number': 'Employee number',
  state: 'Account',
  'role-given': 'Gains the role',
  'role-ended': 'Loses the role',
}

const STATES: Readonly<Record<string, string>> = {
  active: 'active',
  invited: 'open again, to be invited anew',
  deactivated: 'deactivated',
}

/** "Department: Ward 4, instead of Ward 3". */
export const changeWords = ({ what, from, to, startsAt, endsAt, privileged }: PeopleChangeItem): string => {
  const name = NAMES[what]
  if (what === 'role-ended') return `${name} ${from ?? ''}${privileged ? ' (privileged)' : ''}`
  if (what === 'role-given') {
    const begins = startsAt === null ? '' : `, from ${formatExact(startsAt)}`
    const ends = endsAt === null ? '' : `, until ${formatExact(endsAt)}`
    return `${name} ${to ?? ''}${privileged ? ' (privileged)' : ''}${begins}${ends}`
  }
  if (what === 'state') return `${name}: ${STATES[to ?? ''] ?? to ?? ''}`
  if (from === null) return `${name}: ${to ?? 'none'}`
  return `${name}: ${to ?? 'none'}, instead of ${from}`
}

const COLUMNS: Readonly<Record<string, string>> = {
  name: 'Name',
  email: 'E-mail',
  employee_number: 'Employee number',
  department: 'Department',
  manager: 'Manager',
  roles: 'Roles',
  status: 'Status',
}

export const problemWords = ({ column, says }: { column: string | null; says: string }): string =>
  column === null ? says : `${COLUMNS[column] ?? column}: ${says}`
