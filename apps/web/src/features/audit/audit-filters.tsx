import { outcome } from '@chartward/contract'
import { ActionIcon, Button, Checkbox, Select, TextInput, Tooltip } from '@mantine/core'
import { useCallbackRef, useDisclosure } from '@mantine/hooks'
import { IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { lazy, memo, Suspense, useState } from 'react'
import { DayRange } from '../../components/day-range.tsx'
import { FilterBar, Tally } from '../../components/filter-bar.tsx'
import { useCan } from '../../lib/session/session.ts'
import { trpc } from '../../lib/trpc.ts'
import { actionGroups } from './action-label.ts'
import classes from './audit.module.css'
import type { AuditRow } from './audit-columns.tsx'
import { FilterChips } from './filter-chips.tsx'
import type { AuditSearch } from './filters.ts'
import { OUTCOMES } from './outcome.tsx'
import type { Person } from './person-filter.tsx'

const MoreFilters = lazy(() => import('./more-filters.tsx'))
const PersonFilter = lazy(() => import('./person-filter.tsx'))
const PatientFilter = lazy(() => import('./patient-filter.tsx'))

interface Props {
  search: AuditSearch
  rows: readonly AuditRow[] | undefined
  more: boolean
  onRefresh: () => void
}

const route = getRouteApi('/audit')

export const AuditFilters = ({ search, rows, more, onRefresh }: Props) => {
  const navigate = route.useNavigate()
  const [finding, find] = useDisclosure(false)
  const [typing, typed] = useDisclosure(false)
  const [picked, setPicked] = useState<Person | null>(null)
  const set = useCallbackRef(
    (change: Partial<AuditSearch>) =>
      void navigate({ search: (prev) => ({ ...prev, ...change }), replace: true, resetScroll: false }),
  )
  const pick = useCallbackRef((person: Person) => {
    setPicked(person)
    set({ actor: person.id })
  })
  const nameOf = (id: string): string | undefined =>
    picked?.id === id ? picked.name : rows?.find(({ actor }) => actor.id === id)?.actor.name
  return (
    <FilterBar>
      <Fields
        search={search}
        set={set}
        onPerson={pick}
        onPatient={find.open}
        typing={typing}
        onMore={typed.toggle}
      />
      <Tally shown={rows?.length} more={more} noun="entry" />
      <Refresh onRefresh={onRefresh} />
      {typing ? (
        <Suspense>
          <MoreFilters onAdd={set} />
        </Suspense>
      ) : null}
      <FilterChips
        search={search}
        nameOf={nameOf}
        onRemove={(key) => set({ [key]: undefined })}
        onClear={() => void navigate({ search: {} })}
      />
      {finding ? (
        <Suspense>
          <PatientFilter
            opened
            onClose={find.close}
            onPick={(patient) => {
              find.close()
              set({ patient })
            }}
          />
        </Suspense>
      ) : null}
    </FilterBar>
  )
}

interface FieldsProps {
  search: AuditSearch
  set: (change: Partial<AuditSearch>) => void
  onPerson: (person: Person) => void
  onPatient: () => void
  /** Whether the filters that are typed are shown. */
  typing: boolean
  onMore: () => void
}

/** Drawn anew for other filters alone, and not for each page of rows. */
const Fields = memo(({ search, set, onPerson, onPatient, typing, onMore }: FieldsProps) => {
  const can = useCan()
  const actions = useQuery({ ...trpc.audit.actions.queryOptions({}), staleTime: Number.POSITIVE_INFINITY })
  return (
    <>
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
      {can('account:user:list') ? (
        // Its place is held.
        <Suspense fallback={<TextInput aria-label="Person" placeholder="Anyone" disabled />}>
          <PersonFilter onPick={onPerson} />
        </Suspense>
      ) : null}
      {can('vault:patient:search') ? (
        <Button className={classes.pinned ?? ''} variant="default" onClick={onPatient}>
          Patient
        </Button>
      ) : null}
      <Button className={classes.pinned ?? ''} variant="default" aria-expanded={typing} onClick={onMore}>
        More filters
      </Button>
      <Checkbox
        className={classes.beside ?? ''}
        label="Hide my own reads"
        checked={search.others === true}
        onChange={(event) => set({ others: event.currentTarget.checked ? true : undefined })}
      />
    </>
  )
})

const Refresh = memo(({ onRefresh }: Pick<Props, 'onRefresh'>) => (
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
))
