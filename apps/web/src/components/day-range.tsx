import { Select, TextInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { type DayRange as Days, dayOf, PRESETS, presetOf, whoseDays } from '../lib/calendar.ts'
import { serverNow } from '../lib/session/server-clock.ts'
import classes from './day-range.module.css'

interface Props {
  value: Days
  /** Both days at once, so that a range is asked for once. */
  onChange: (days: { from: string | undefined; to: string | undefined }) => void
}

const isInverted = ({ from, to }: Days): boolean => from !== undefined && to !== undefined && to < from

/**
 * A filter by days, both included: ready ranges, or the browser's own calendar, which is in the person's
 * locale and theirs to type into.
 */
export const DayRange = ({ value, onChange }: Props) => {
  // Not asked of the server, which could find nothing: it waits here for its other day.
  const [inverted, setInverted] = useState<Days | null>(null)
  useEffect(() => setInverted(null), [value.from, value.to])
  const { from, to } = inverted ?? value
  const today = dayOf(serverNow())
  const set = (days: Parameters<Props['onChange']>[0]) => {
    setInverted(isInverted(days) ? days : null)
    if (!isInverted(days)) onChange(days)
  }
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
          set({ from: range?.from, to: range?.to })
        }}
      />
      <TextInput
        aria-label="From day"
        type="date"
        className={classes.day ?? ''}
        title={whose}
        max={to}
        leftSection={<span className={classes.within}>From</span>}
        leftSectionWidth={46}
        value={from ?? ''}
        onChange={(event) => set({ from: event.currentTarget.value || undefined, to })}
      />
      <TextInput
        aria-label="To day"
        type="date"
        className={classes.day ?? ''}
        title={whose}
        min={from}
        error={isInverted({ from, to }) ? 'Ends before it begins' : null}
        leftSection={<span className={classes.within}>To</span>}
        leftSectionWidth={34}
        value={to ?? ''}
        onChange={(event) => set({ from, to: event.currentTarget.value || undefined })}
      />
    </>
  )
}
