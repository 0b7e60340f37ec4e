import type { ReactNode } from 'react'
import classes from './facts.module.css'

export type Fact = readonly [label: string, value: ReactNode]

/** Labelled values, one under the other. A fact whose value is null or undefined is left out. */
export const Facts = ({ items, columns = 1 }: { items: readonly Fact[]; columns?: 1 | 2 }) => (
  <dl className={classes.facts} data-columns={columns}>
    {items
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([label, value]) => (
        <div key={label} className={classes.fact}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
  </dl>
)
