import { type ReactNode, useState } from 'react'
import classes from './charts.module.css'

export interface ValuesRow {
  readonly key: string
  /** What stands at the beginning of the row: when it was. */
  readonly label: ReactNode
  readonly cells: readonly ReactNode[]
}

interface Props {
  /** What the table is of, for those who come to it by a list of tables. */
  caption: string
  /** The first is of the rows' labels. */
  columns: readonly string[]
  rows: readonly ValuesRow[]
}

/**
 * The values of a chart as a table, for whoever can't see it or wants to copy them. Its rows are made when it
 * is opened: a long series has thousands.
 */
export const ValuesTable = ({ caption, columns, rows }: Props) => {
  const [opened, setOpened] = useState(false)
  return (
    <details className={classes.values} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>Values as a table</summary>
      {opened ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard.
        <section className={classes.scroll} aria-label={caption} tabIndex={0}>
          <table className={classes.table}>
            <caption>{caption}</caption>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ key, label, cells }) => (
                <tr key={key}>
                  <th scope="row">{label}</th>
                  {cells.map((cell, at) => (
                    <td key={columns[at + 1]}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
    </details>
  )
}
