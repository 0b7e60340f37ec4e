import { Link } from '@tanstack/react-router'
import { pathLabel } from '../../lib/fhir/labels.ts'
import { countOf } from '../../lib/format.ts'
import { Notice } from '../notice.tsx'
import classes from './role-difference.module.css'
import {
  answerLabel,
  type Change,
  type Difference,
  GRANTS,
  permissionLabel,
  placesOf,
  reachLabel,
} from './words.ts'

type Person = Difference['unaffected'][number]

const People = ({ people }: { people: readonly Person[] }) => (
  <ul className={classes.people}>
    {people.map(({ id, displayName }) => (
      <li key={id}>
        <Link to="/users/$id" params={{ id }}>
          {displayName}
        </Link>
      </li>
    ))}
  </ul>
)

/** Each permission, and each field, that is otherwise. */
const ChangeView = ({ change: { permissions, fields }, of }: { change: Change; of: string }) => (
  <>
    {permissions.length === 0 ? null : (
      <div className={classes.scrolls}>
        <table className={classes.table}>
          <caption>Permissions, {of}</caption>
          <thead>
            <tr>
              <th scope="col">Permission</th>
              <th scope="col">Of</th>
              <th scope="col">Now</th>
              <th scope="col">Then</th>
            </tr>
          </thead>
          <tbody>
            {permissions.map(({ cell, before, after }) => (
              <tr key={`${cell.permission} ${cell.reach}`}>
                <th scope="row">{permissionLabel(cell.permission)}</th>
                <td>{reachLabel(cell.reach)}</td>
                <td>{answerLabel(before)}</td>
                <td>
                  <strong>{answerLabel(after)}</strong>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
    {fields.map(({ cells, from, to, paths }) => (
      <details key={`${from} ${to} ${paths.join()}`} className={classes.fields}>
        <summary>
          {countOf(paths.length, 'field')}: {GRANTS[from]} now, <strong>{GRANTS[to]}</strong> then
        </summary>
        <p className={classes.quiet}>{placesOf(cells)}</p>
        <p>{paths.map(pathLabel).join(' · ')}</p>
      </details>
    ))}
  </>
)

/** What a version of a role would do, exactly, and to each person by name. */
export const RoleDifference = ({ difference }: { difference: Difference }) => {
  const { title, version, inForce, forAll, change, affected, unaffected, privileged, conflicts, obstacle } =
    difference
  const isSame = change.permissions.length + change.fields.length === 0
  return (
    <section aria-label={`What version ${version} of ${title} would change`} className={classes.stack}>
      {obstacle === null ? null : (
        <Notice tone="bad" title="It can’t be put in force">
          {obstacle}
        </Notice>
      )}
      {!privileged.before && privileged.after ? (
        <Notice tone="warn" title="It becomes a privileged role">
          From then on, giving it or ending it takes a second person.
        </Notice>
      ) : null}
      {conflicts.map(({ person, says }) => (
        <Notice
          key={`${person?.id} ${says}`}
          tone="warn"
          title={person?.displayName ?? 'Whoever holds this role'}
        >
          {says}
        </Notice>
      ))}
      <h3 className={classes.heading}>
        The role, {inForce === null ? 'which nobody can be given yet' : `against version ${inForce}`}
      </h3>
      {isSame ? <p>It permits and shows the same.</p> : <ChangeView change={change} of="of the role" />}
      <h3 className={classes.heading}>{forAll ? 'Everybody who holds it' : 'Those named'}, by name</h3>
      {affected.length === 0 ? <p>Nothing is otherwise for anybody now.</p> : null}
      {affected.map((group) => (
        <div key={group.people.map(({ id }) => id).join()} className={classes.group}>
          <h4 className={classes.heading}>For {countOf(group.people.length, 'person', 'people')}</h4>
          <People people={group.people} />
          <ChangeView change={group.change} of="of these people" />
        </div>
      ))}
      {unaffected.length === 0 ? null : (
        <div className={classes.group}>
          <h4 className={classes.heading}>
            Moved, and the same as before by what else they hold: {unaffected.length}
          </h4>
          <People people={unaffected} />
        </div>
      )}
    </section>
  )
}
