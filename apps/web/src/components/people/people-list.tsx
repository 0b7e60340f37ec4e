import type { PeopleLine } from '@chartward/contract'
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { countOf } from '../../lib/format.ts'
import { StatusTag } from '../status-tag.tsx'
import classes from './people.module.css'
import { changeWords, OUTCOMES, problemWords } from './words.ts'

/** So many stand there at first; the others come when they are asked for. */
const FIRST = 200

interface Props {
  label: string
  /** Whether the lines are those of a file, whose numbers people look up. */
  numbered: boolean
  lines: readonly PeopleLine[]
}

/** What becomes of whom, where there is no room for a table: in a dialog, each person as a paragraph. */
export const PeopleList = ({ label, numbered, lines }: Props) => {
  const [all, setAll] = useState(false)
  const shown = all ? lines : lines.slice(0, FIRST)
  return (
    <div>
      <ol className={classes.people} aria-label={label}>
        {shown.map((line) => (
          <li key={line.line} className={classes.person}>
            <Person line={line} numbered={numbered} />
          </li>
        ))}
      </ol>
      {shown.length < lines.length ? (
        <Button size="compact-sm" variant="default" onClick={() => setAll(true)}>
          Show all {countOf(lines.length, 'person', 'people')}
        </Button>
      ) : null}
    </div>
  )
}

const Person = ({ line, numbered }: { line: PeopleLine; numbered: boolean }) => {
  const { userId, displayName, email, outcome, needsSecond, changes, problems } = line
  const { label, tone } = OUTCOMES[outcome]
  return (
    <>
      <div>
        {userId === null ? (
          <strong>{displayName === '' ? 'No name' : displayName}</strong>
        ) : (
          <Link to="/users/$id" params={{ id: userId }} className={classes.name}>
            {displayName}
          </Link>
        )}{' '}
        <StatusTag tone={tone}>{label}</StatusTag>
      </div>
      <div className={classes.quiet}>
        {email}
        {numbered ? `, line ${line.line}` : null}
        {needsSecond ? ', takes a second person' : null}
      </div>
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
    </>
  )
}
