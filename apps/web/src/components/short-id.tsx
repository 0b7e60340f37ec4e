import { ActionIcon, CopyButton, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { shortId } from '../lib/format.ts'
import classes from './short-id.module.css'

/** An opaque id: short to look at, whole on hover and in the clipboard. */
export const ShortId = ({ id, of, text = shortId(id) }: { id: string; of: string; text?: string }) => (
  <span className={classes.id}>
    <code title={id}>{text}</code>
    <CopyButton value={id}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? 'Copied' : `Copy the ${of}`} withArrow>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={copied ? 'Copied' : `Copy the ${of}`}
            onClick={(event) => {
              event.stopPropagation()
              copy()
            }}
          >
            {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  </span>
)
