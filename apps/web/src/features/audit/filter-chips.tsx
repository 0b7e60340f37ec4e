import { Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { formatDay, sentence, shortId } from '../../lib/format.ts'
import { actionLabel } from './action-label.ts'
import classes from './audit.module.css'
import type { AuditSearch } from './filters.ts'
import { OUTCOMES } from './outcome.tsx'

interface Chip {
  readonly key: keyof AuditSearch
  readonly text: string
  /** The whole of what is shown short. */
  readonly whole: string
}

/** A day of the calendar, which has no zone. */
const sayDay = (day: string): string => formatDay(day, 'UTC')

/** Every filter that is set, in words; a person by their name where it is known. */
export const chipsOf = (search: AuditSearch, nameOf: (id: string) => string | undefined): Chip[] => {
  const chip = (
    key: keyof AuditSearch,
    label: string,
    say: (value: string) => string = (value) => value,
  ): Chip[] => {
    const value = search[key]
    return typeof value === 'string' ? [{ key, text: `${label} ${say(value)}`, whole: value }] : []
  }
  return [
    ...chip('from', 'From', sayDay),
    ...chip('to', 'To', sayDay),
    ...chip('actor', 'By', (id) => nameOf(id) ?? shortId(id)),
    ...chip('patient', 'Patient', shortId),
    ...chip('action', 'Action', actionLabel),
    ...chip('category', 'All of', sentence),
    ...chip('text', 'Action with'),
    ...(search.outcome === undefined
      ? []
      : [{ key: 'outcome' as const, text: OUTCOMES[search.outcome].label, whole: search.outcome }]),
    ...chip('resourceType', 'On', sentence),
    ...chip('resource', 'Resource', shortId),
    ...chip('session', 'Session', shortId),
    ...chip('request', 'Request', shortId),
    ...chip('ip', 'From address'),
  ]
}

interface Props {
  search: AuditSearch
  nameOf: (id: string) => string | undefined
  onRemove: (key: keyof AuditSearch) => void
  onClear: () => void
}

/** What narrows the list, each to be taken off again. */
export const FilterChips = ({ search, nameOf, onRemove, onClear }: Props) => {
  const chips = chipsOf(search, nameOf)
  return chips.length === 0 ? null : (
    <div className={classes.chips}>
      {chips.map(({ key, text, whole }) => (
        <Button
          key={key}
          size="compact-sm"
          variant="default"
          title={whole}
          rightSection={<IconX size={14} aria-hidden="true" />}
          aria-label={`Remove the filter: ${text}`}
          onClick={() => onRemove(key)}
        >
          {text}
        </Button>
      ))}
      <Button size="compact-sm" variant="subtle" onClick={onClear}>
        Clear all
      </Button>
    </div>
  )
}
