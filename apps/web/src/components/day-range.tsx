import { Select, TextInput } from '@mantine/core'
import { type DayRange as Days, dayOf, PRESETS, presetOf, whoseDays } from '../lib/calendar.ts'
import { serverNow } from '../lib/session/server-clock.ts'
import classes from './day-range.module.css'

interface Props {
  value: Days
  /** Both days at once, so that a range is one step back in the history. */
  onChange: (days: { from: string | undefined; to: string | undefined }) => void
}

/**
 * A filter by days, both included: ready ranges, or the browser's own calendar, which is in the person's
 * locale and theirs to type into.
 */
export const DayRange = ({ value: { from, to }, onChange }: Props) => {
  const today = dayOf(serverNow())
  const ends = from !== undefined && to !== undefined && to < from ? 'Ends before it begins' : null
  const whose = whoseDays()
  return (
    <>
      <Select
        aria-label="Days"
        placeholder={from === undefined && to === undefined ? 'Any time' : 'Days as chosen'}
        clearable
        data={PRESETS.map(({ key, label }) => ({ value: key, label }))}
        value={presetOf({ from, to }, today)?.key ?? null}
        onChange={(key) => {
          const range = PRESETS.find((preset) => preset.key === key)?.of(today)
          onChange({ from: range?.from, to: range?.to })
        }}
      />
      <TextInput
        aria-label="From day"
        type="date"
        title={whose}
        max={to}
        leftSection={<span className={classes.within}>From</span>}
        leftSectionWidth={46}
        value={from ?? ''}
        onChange={(event) => onChange({ from: event.currentTarget.value || undefined, to })}
      />
      <TextInput
        aria-label="To day"
        type="date"
        title={whose}
        min={from}
        error={ends}
        leftSection={<span className={classes.within}>To</span>}
        leftSectionWidth={34}
        value={to ?? ''}
        onChange={(event) => onChange({ from, to: event.currentTarget.value || undefined })}
      />
    </>
  )
}
