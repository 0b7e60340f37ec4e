import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { shortId } from '../lib/format.ts'
import classes from './short-id.module.css'
import { useHint } from './use-hint.tsx'

/** An opaque id: short to look at, whole on hover and in the clipboard. */
export const ShortId = ({ id, of, text = shortId(id) }: { id: string; of: string; text?: string }) => {
  const { copied, copy } = useClipboard({ timeout: 1000 })
  const label = copied ? 'Copied' : `Copy the ${of}`
  const { hint, hinted } = useHint(label)
  return (
    <span className={classes.id}>
      <code title={id}>{text}</code>
      <button
        {...hinted}
        type="button"
        className={classes.copy}
        aria-label={label}
        onClick={(event) => {
          event.stopPropagation()
          copy(id)
        }}
      >
        {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
      </button>
      {hint}
    </span>
  )
}
