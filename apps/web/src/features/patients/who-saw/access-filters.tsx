import { ACCESS_ACTIONS } from '@chartward/contract'
import { Button, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { DayRange } from '../../../components/day-range.tsx'
import { FilterBar, Tally } from '../../../components/filter-bar.tsx'
import { actorName } from '../../../lib/actor-name.ts'
import { formatCount, formatDay, sentence, shortId } from '../../../lib/format.ts'
import type { Outputs } from '../../../lib/trpc.ts'
import { type AccessSearch, isNarrowed } from './access-search.ts'
import classes from './who-saw.module.css'

type Person = NonNullable<Outputs['audit']['accesses']['people']>[number]

interface Props {
  search: AccessSearch
  people: readonly Person[]
  shown: number | undefined
  more: boolean
  onChange: (change: AccessSearch) => void
}

const keyOf = ({ id, kind }: Person): string => id ?? kind

/** Narrows who saw a patient by person, action and days; what is set stands as chips to be taken off. */
export const AccessFilters = ({ search, people, shown, more, onChange }: Props) => {
  const nameOf = (key: string): string => {
    const person = people.find((one) => keyOf(one) === key)
    return person === undefined ? shortId(key) : actorName(person)
  }
  const chips = [
    { key: 'actor', text: search.actor === undefined ? null : `Who: ${nameOf(search.actor)}` },
    { key: 'action', text: search.action === undefined ? null : `What: ${sentence(search.action)}` },
    { key: 'from', text: search.from === undefined ? null : `From: ${formatDay(search.from, 'UTC')}` },
    { key: 'to', text: search.to === undefined ? null : `To: ${formatDay(search.to, 'UTC')}` },
  ] as const
  return (
    <FilterBar>
      <Select
        aria-label="Person"
        placeholder="Anyone"
        searchable
        clearable
        // Whoever has no id (nobody was signed in) can't be asked for.
        data={people
          .filter(({ id }) => id !== null)
          .map((person) => ({
            value: keyOf(person),
            label: `${actorName(person)} (${formatCount(person.shown)})`,
          }))}
        value={search.actor ?? null}
        onChange={(actor) => onChange({ actor: actor ?? undefined })}
      />
      <Select
        aria-label="Action"
        placeholder="Any action"
        clearable
        data={ACCESS_ACTIONS.map((value) => ({ value, label: sentence(value) }))}
        value={search.action ?? null}
        onChange={(value) => onChange({ action: ACCESS_ACTIONS.find((action) => action === value) })}
      />
      <DayRange value={search} onChange={onChange} />
      <Tally shown={shown} more={more} noun="access" />
      {isNarrowed(search) ? (
        <div className={classes.chips}>
          {chips.map(({ key, text }) =>
            text === null ? null : (
              <Button
                key={key}
                size="compact-sm"
                variant="default"
                rightSection={<IconX size={14} aria-hidden="true" />}
                aria-label={`Remove the filter ${text}`}
                onClick={() => onChange({ [key]: undefined })}
              >
                {text}
              </Button>
            ),
          )}
        </div>
      ) : null}
    </FilterBar>
  )
}
