import { attachmentView } from '../../lib/fhir/attachment.ts'
import classes from './fhir.module.css'

/** Plain text as text; anything else by name alone. */
export const Attachment = ({ value }: { value: unknown }) => {
  const view = attachmentView(value)
  if (view === null) return null
  if (view.kind === 'other') {
    return (
      <p className={classes.absent}>
        {view.title === null ? 'Attachment' : view.title}: {view.contentType}, not shown here
      </p>
    )
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard.
    <pre className={classes.document} tabIndex={0}>
      {view.text}
    </pre>
  )
}
