import { VisuallyHidden } from '@mantine/core'
import classes from './role-permits.module.css'
import { classOf, type Role, shareOf } from './words.ts'

interface Props {
  caption: string
  sees: Role['sees']
  /** What of records that their source restricts is opened as well; null where that was not asked. */
  labels: Role['labels'] | null
}

/** How many fields of each class are shown as they are, and as masks. */
export const SeenTable = ({ caption, sees, labels }: Props) => {
  if (sees.length === 0) return <p className={classes.quiet}>Nothing of any patient.</p>
  return (
    <>
      <table className={classes.table}>
        <VisuallyHidden component="caption">{caption}</VisuallyHidden>
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
      {labels === null ? null : (
        <p className={classes.quiet}>
          {labels.length === 0
            ? 'Of records that their source restricts, nothing.'
            : `Also of records that their source restricts as: ${labels.join(', ')}.`}
        </p>
      )}
    </>
  )
}
