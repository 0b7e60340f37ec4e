import type { ReactNode } from 'react'
import { countOf } from '../lib/format.ts'
import classes from './filter-bar.module.css'

export const FilterBar = ({ children }: { children: ReactNode }) => (
  <search className={classes.bar}>{children}</search>
)

/** How many rows are loaded, and whether there are more: said aloud when a filter changes it. */
export const Tally = ({ shown, more, noun }: { shown: number | undefined; more: boolean; noun: string }) => (
  <output className={classes.tally}>
    {shown === undefined ? ' ' : `${countOf(shown, noun, plural(noun))}${more ? ', more to show' : ''}`}
  </output>
)

const plural = (noun: string) => {
  if (noun.endsWith('y')) return `${noun.slice(0, -1)}ies`
  return noun.endsWith('s') ? `${noun}es` : `${noun}s`
}
