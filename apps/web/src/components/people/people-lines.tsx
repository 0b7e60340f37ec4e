import type { LineResult, PeopleLine } from '@chartward/contract'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useMemo } from 'react'
import { type Column, DataTable } from '../data-table.tsx'
import { StatusTag } from '../status-tag.tsx'
import classes from './people.module.css'
import { changeWords, OUTCOMES, problemWords, RESULTS } from './words.ts'

export type ShownLine = PeopleLine & { readonly result?: LineResult | null }

interface Props {
  caption: string
  /** Whether the lines are those of a file, whose numbers people look up. */
  numbered: boolean
  lines: readonly ShownLine[] | undefined
  empty: ReactNode
  tools?: ReactNode
}

const PERSON: Column<ShownLine> = {
  key: 'person',
  label: 'Person',
  min: '11rem',
  always: true,
  cell: ({ userId, displayName, email }) => (
    <div>
      {userId === null ? (
        <strong>{displayName === '' ? 'No name' : displayName}</strong>
      ) : (
        <Link to="/users/$id" params={{ id: userId }} className={classes.name}>
          {displayName}
        </Link>
      )}
      <div className={classes.quiet}>{email}</div>
    </div>
  ),
}

const OUTCOME: Column<ShownLine> = {
  key: 'outcome',
  label: 'Outcome',
  width: '11rem',
  cell: ({ outcome, result, needsSecond }) => {
    const { label, tone } = result == null ? OUTCOMES[outcome] : RESULTS[result]
    return (
      <div>
        <StatusTag tone={tone}>{label}</StatusTag>
        {needsSecond ? <div className={classes.quiet}>Takes a second person</div> : null}
      </div>
    )
  },
}

const WHAT: Column<ShownLine> = {
  key: 'what',
  label: 'What exactly',
  min: '16rem',
  always: true,
  cell: ({ changes, problems }) => (
    <ul className={classes.list}>
      {changes.map((change) => (
        <li key={`${change.what} ${change.from} ${change.to}`}>{changeWords(change)}</li>
      ))}
      {problems.map((problem) => (
        <li key={`${problem.column} ${problem.says}`} className={classes.wrong}>
          {problemWords(problem)}
        </li>
      ))}
    </ul>
  ),
}

const LINE: Column<ShownLine> = {
  key: 'line',
  label: 'Line',
  width: '4.5rem',
  numeric: true,
  cell: ({ line }) => line,
}

/** What becomes of whom, by name: who gains and loses what, and what is refused and why. */
export const PeopleLines = ({ caption, numbered, lines, empty, tools }: Props) => (
  <DataTable
    id="people-lines"
    caption={caption}
    columns={useMemo(() => [...(numbered ? [LINE] : []), PERSON, OUTCOME, WHAT], [numbered])}
    rows={lines}
    rowKey={({ line }) => String(line)}
    empty={empty}
    tools={tools}
  />
)
