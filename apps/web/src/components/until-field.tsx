import { TextInput } from '@mantine/core'

interface Props {
  /** What ends: "role". */
  what: string
  /** What is so where no day is given. */
  otherwise?: string
  /** A calendar day, or empty for no end. */
  value: string
  onChange: (day: string) => void
}

export const UntilField = ({ what, otherwise = '', value, onChange }: Props) => (
  <TextInput
    label="Until (optional)"
    description={`The ${what} ends by itself at the end of this day. ${otherwise}`.trim()}
    type="date"
    value={value}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
)
