import { TextInput } from '@mantine/core'
import { dayOf, endOfDay, whoseDays } from '../lib/calendar.ts'
import { serverNow } from '../lib/session/server-clock.ts'

/** The moment that a day stands for: its end, or now for today and for no day. */
export const momentOf = (day: string): { readonly asOf?: string } => {
  const end = day === '' || day >= dayOf(serverNow()) ? null : endOfDay(day)
  return end === null ? {} : { asOf: end }
}

/** A day that is past, or empty for now. The browser's own calendar: in the person's own locale. */
export const AsOfField = ({ value, onChange }: { value: string; onChange: (day: string) => void }) => (
  <TextInput
    label="As of (optional)"
    description={`As it was at the end of this day; now where there is none. ${whoseDays()}`}
    type="date"
    max={dayOf(serverNow())}
    value={value}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
)
