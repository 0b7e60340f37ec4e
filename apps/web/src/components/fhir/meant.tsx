import type { ReactNode } from 'react'
import { meaningText } from '../../lib/fhir/meaning.ts'
import type { Outputs } from '../../lib/trpc.ts'
import { StatusTag } from '../status-tag.tsx'
import classes from './fhir.module.css'

export type Meaning = Outputs['records']['get']['meaning']

/**
 * What a record says, with what may not be ignored of it in words before it; what never was, or was taken
 * back, struck through. The words are read out, a line through a text is not.
 */
export const Meant = ({ meaning, children }: { meaning: Meaning; children: ReactNode }) => {
  const words = meaningText(meaning)
  return (
    <>
      {words === null ? null : <strong className={classes.words}>{words}: </strong>}
      {meaning.struck ? <s>{children}</s> : children}
    </>
  )
}

/** A value of such a record, where the words stand beside it already: heard, and not seen twice. */
export const MeantValue = ({ meaning, children }: { meaning: Meaning; children: ReactNode }) =>
  meaning.struck ? (
    <>
      <span className={classes.heard}>{meaningText(meaning)}: </span>
      <s>{children}</s>
    </>
  ) : (
    children
  )

/** In the place of a record that its labels keep from the reader: it is there, and that is all. */
export const Withheld = () => (
  <span className={classes.withheld}>Withheld: its source restricts who may see it</span>
)

/** Who may see a record, as its source has labelled it. */
export const Labels = ({ meaning: { labels } }: { meaning: Meaning }) =>
  labels.map((label) => (
    <StatusTag key={label} tone="warn">
      {label}
    </StatusTag>
  ))
