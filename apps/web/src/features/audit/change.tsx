import { sentence } from '../../lib/format.ts'
import type { Outputs } from '../../lib/trpc.ts'
import classes from './audit.module.css'

/** Before and after, key by key; what did not change is quiet. */
export const Change = ({ change }: { change: Outputs['audit']['get']['change'] }) => {
  if (change === null) return null
  const before: Readonly<Record<string, unknown>> = change.before ?? {}
  const after: Readonly<Record<string, unknown>> = change.after ?? {}
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return (
    <section>
      <h3 className={classes.heading}>What changed</h3>
      <table className={classes.change}>
        <thead>
          <tr>
            <th scope="col">What</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key} data-changed={shown(before[key]) !== shown(after[key])}>
              <th scope="row">{sentence(key)}</th>
              <td>{shown(before[key])}</td>
              <td>{shown(after[key])}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const shown = (value: unknown): string =>
  value === undefined
    ? '–'
    : typeof value === 'string'
      ? value
      : value === null
        ? 'none'
        : JSON.stringify(value)
