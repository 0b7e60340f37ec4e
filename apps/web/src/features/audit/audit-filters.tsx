import { outcome } from '@chartward/contract'
import { ActionIcon, Button, Select, Tooltip } from '@mantine/core'
import { IconRefresh, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { DayRange } from '../../components/day-range.tsx'
import { FilterBar, Tally } from '../../components/filter-bar.tsx'
import { shortId } from '../../lib/format.ts'
import { trpc } from '../../lib/trpc.ts'
import { actionGroups } from './action-label.ts'
import classes from './audit.module.css'
import { type AuditSearch, hasFilters } from './filters.ts'
import { OUTCOMES } from './outcome.tsx'

interface Props {
  search: AuditSearch
  shown: number | undefined
  more: boolean
  onRefresh: () => void
}

const route = getRouteApi('/audit')

/** Filters that are set from an entry and can't be typed: a whole id is nothing to type. */
const PINNED = [
  { key: 'actor', label: 'By' },
  { key: 'patient', label: 'Patient' },
  { key: 'request', label: 'Request' },
] as const

export const AuditFilters = ({ search, shown, more, onRefresh }: Props) => {
  const navigate = route.useNavigate()
  const actions = useQuery({ ...trpc.audit.actions.queryOptions({}), staleTime: Number.POSITIVE_INFINITY })
  const set = (change: Partial<AuditSearch>) =>
    void navigate({ search: (prev) => ({ ...prev, ...change }), replace: true, resetScroll: false })
  return (
    <FilterBar>
      <DayRange value={search} onChange={set} />
      <Select
        aria-label="Action"
        placeholder="Any action"
        searchable
        clearable
        data={actionGroups(actions.data ?? []).map(({ group, items }) => ({ group, items: [...items] }))}
        value={search.action ?? null}
        onChange={(action) => set({ action: action ?? undefined })}
      />
      <Select
        aria-label="Outcome"
        placeholder="Any outcome"
        clearable
        data={outcome.options.map((value) => ({ value, label: OUTCOMES[value].label }))}
        value={search.outcome ?? null}
        onChange={(value) => set({ outcome: outcome.safeParse(value).data })}
      />
      {PINNED.map(({ key, label }) => {
        const id = search[key]
        return id === undefined ? null : (
          <Button
            key={key}
            className={classes.pinned ?? ''}
            variant="default"
            title={id}
            rightSection={<IconX size={14} aria-hidden="true" />}
            aria-label={`Remove the filter: ${label} ${id}`}
            onClick={() => set({ [key]: undefined })}
          >
            {label} {shortId(id)}
          </Button>
        )
      })}
      {hasFilters(search) ? (
        <Button
          className={classes.pinned ?? ''}
          variant="subtle"
          onClick={() => void navigate({ search: {} })}
        >
          Clear all
        </Button>
      ) : null}
      <Tally shown={shown} more={more} noun="entry" />
      <Tooltip label="Look for new entries">
        <ActionIcon
          className={classes.pinned ?? ''}
          miw={0}
          variant="default"
          size="lg"
          aria-label="Look for new entries"
          onClick={onRefresh}
        >
          <IconRefresh size={16} />
        </ActionIcon>
      </Tooltip>
    </FilterBar>
  )
}
