import { VisuallyHidden } from '@mantine/core'
import classes from './role-permits.module.css'
import { classOf, type Role, shareOf } from './words.ts'

/** How many fields of each class a role is shown as they are, and as masks. */
export const SeenTable = ({ role: { title, sees, labels } }: { role: Role }) => {
  if (sees.length === 0) return <p className={classes.quiet}>Nothing of any patient.</p>
  return (
    <>
      <table className={classes.table}>
        <VisuallyHidden component="caption">
          Fields that a {title.toLowerCase()} sees, by class
        </VisuallyHidden>
        <thead>
          <tr>
            <th scope="col">Class</th>
            <th scope="col">Clear</th>
            <th scope="col">Masked</th>
          </tr>
        </thead>
        <tbody>
          {sees.map((seen) => (
            <tr key={seen.fieldClass}>
              <th scope="row">
                {classOf(seen).name}
                <span className={classes.quiet}>{classOf(seen).what}</span>
              </th>
              <td>{shareOf(seen.clear, seen.of)}</td>
              <td>{shareOf(seen.masked, seen.of)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={classes.quiet}>
        {labels.length === 0
          ? 'Of records that their source restricts, nothing.'
          : `Also of records that their source restricts as: ${labels.join(', ')}.`}
      </p>
    </>
  )
}
