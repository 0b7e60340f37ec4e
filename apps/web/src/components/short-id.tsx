import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { shortId } from '../lib/format.ts'
import classes from './short-id.module.css'

/** An opaque id: short to look at, whole on hover, and in the clipboard when it is pressed. */
export const ShortId = ({ id, of, text = shortId(id) }: { id: string; of: string; text?: string }) => {
  const { copied, copy } = useClipboard()
  const Icon = copied ? IconCheck : IconCopy
  return (
    <button
      type="button"
      className={classes.id}
      title={id}
      aria-label={copied ? `Copied: ${text}` : `Copy the ${of} ${text}`}
      onClick={(event) => {
        event.stopPropagation()
        copy(id)
      }}
    >
      <code>{text}</code>
      <Icon size={14} aria-hidden="true" />
    </button>
  )
}
