import { actorName } from '../../../lib/actor-name.ts'
import { pathLabel } from '../../../lib/fhir/labels.ts'
import { formatCount, formatExact, sentence } from '../../../lib/format.ts'
import { type Access, groundText, outcomeText, rolesText, whatText, whyText } from './access-words.tsx'
import type { Person } from './people.tsx'
import classes from './who-saw.module.css'

/*
 * Plain tables: on paper nothing scrolls, folds or turns into cards, and each page repeats the head.
 */

/** A table that is wider than a narrow window scrolls within itself, by the keyboard too. */
const Wide = ({ label, children }: { label: string; children: React.ReactNode }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard.
  <section className={classes.wide} aria-label={label} tabIndex={0}>
    {children}
  </section>
)

export const PrintedPeople = ({ people }: { people: readonly Person[] }) =>
  people.length === 0 ? null : (
    <Wide label="People">
      <table className={classes.paper}>
        <caption>People who saw this patient, or tried to</caption>
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col">Shown</th>
            <th scope="col">Refused</th>
            <th scope="col">Asked for a code</th>
            <th scope="col">Failed</th>
            <th scope="col">First</th>
            <th scope="col">Last</th>
          </tr>
        </thead>
        <tbody>
          {people.map(({ kind, id, name, shown, refused, asked, failed, firstAt, lastAt }) => (
            <tr key={id ?? kind}>
              <td>{actorName({ kind, name })}</td>
              <td>{formatCount(shown)}</td>
              <td>{formatCount(refused)}</td>
              <td>{formatCount(asked)}</td>
              <td>{formatCount(failed)}</td>
              <td>{formatExact(firstAt)}</td>
              <td>{formatExact(lastAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  )

const fieldsText = ({ classes: shown, fields, masked }: Access): string =>
  shown.length === 0
    ? '–'
    : `${shown.map(sentence).join(', ')}: ${[
        ...fields.map(pathLabel),
        ...masked.map((path) => `${pathLabel(path)} (masked)`),
      ].join(', ')}`

export const PrintedAccesses = ({ accesses }: { accesses: readonly Access[] }) =>
  accesses.length === 0 ? (
    <p>Nobody saw this patient in this time.</p>
  ) : (
    <Wide label="Accesses">
      <table className={classes.paper}>
        <caption>Accesses, newest first</caption>
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">Reached by</th>
            <th scope="col">What</th>
            <th scope="col">Shown</th>
            <th scope="col">Outcome</th>
            <th scope="col">Why</th>
            <th scope="col">Request, leaf</th>
          </tr>
        </thead>
        <tbody>
          {accesses.map((access) => (
            <tr key={access.id}>
              <td>{formatExact(access.at)}</td>
              <td>
                {actorName(access.actor)}
                {access.roles.length === 0 ? null : `, ${rolesText(access)}`}
              </td>
              <td>{groundText(access)}</td>
              <td>{whatText(access)}</td>
              <td>{fieldsText(access)}</td>
              <td>{outcomeText(access)}</td>
              <td>{whyText(access) ?? '–'}</td>
              <td>
                <code>{access.requestId ?? '–'}</code>
                {access.index === null ? ', not in the tree yet' : `, leaf ${formatCount(access.index)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Wide>
  )
