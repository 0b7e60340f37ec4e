import type { MaskedValue } from '@chartward/policy'
import { Tooltip } from '@mantine/core'
import { IconEyeOff } from '@tabler/icons-react'
import classes from './masked.module.css'

/** A value that is there and not shown: it looks like nothing else, and says why on hover and focus. */
export const Masked = ({ value }: { value: MaskedValue }) => (
  <Tooltip label={value.reason} multiline maw={260} events={{ hover: true, focus: true, touch: true }}>
    <span
      className={classes.masked}
      data-masked={value.mask}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the reason has to be reachable by keyboard.
      tabIndex={0}
      role="note"
      aria-label={spoken(value)}
    >
      <IconEyeOff size={13} aria-hidden="true" />
      {value.shown ?? 'Masked'}
    </span>
  </Tooltip>
)

const spoken = ({ shown, reason }: MaskedValue) =>
  shown === null ? `Masked. ${reason}` : `Masked, shown as ${shown}. ${reason}`
