import { isMasked } from '../../lib/masked.ts'
import classes from './fhir.module.css'

/** A mask is no value of the record: what stands in its place says that there is one. */
const withoutMasks = (_key: string, value: unknown): unknown => (isMasked(value) ? '(masked)' : value)

/**
 * The values as the source sent them, word for word and digit for digit: what is shown elsewhere is said in
 * people's words, and this is what it was made of.
 */
export const AsSent = ({ values }: { values: Readonly<Record<string, unknown>> }) => (
  <details className={classes.sent}>
    <summary>As it was sent</summary>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard. */}
    <pre className={classes.document} tabIndex={0}>
      {JSON.stringify(values, withoutMasks, 2)}
    </pre>
  </details>
)
