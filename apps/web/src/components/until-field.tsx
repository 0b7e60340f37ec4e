import { TextInput, type TextInputProps } from '@mantine/core'
import { dayOf, whoseDays } from '../lib/calendar.ts'
import { serverNow } from '../lib/session/server-clock.ts'

interface Props extends TextInputProps {
  /** What ends: "role". */
  what: string
  /** What is so where no day is given. */
  otherwise?: string
}

/** The last day of something, or empty for none. The browser's own calendar: in the person's own locale. */
export const UntilField = ({ what, otherwise = '', ...input }: Props) => (
  <TextInput
    label="Until (optional)"
    description={`The ${what} ends by itself at the end of this day. ${otherwise} ${whoseDays()}`.trim()}
    min={dayOf(serverNow())}
    type="date"
    {...input}
  />
)
