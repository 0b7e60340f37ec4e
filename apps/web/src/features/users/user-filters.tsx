import { factorState, seenState, userStatus } from '@chartward/contract'
import { Select, TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { FilterBar } from '../../components/filter-bar.tsx'
import { formatCount } from '../../lib/format.ts'
import { useSearchKey } from '../../lib/keyboard/use-shortcuts.ts'
import { type Outputs, trpc } from '../../lib/trpc.ts'
import { USER_STATUSES } from './user-status.tsx'

type Counts = Outputs['users']['list']['counts']
type Facet = keyof Counts

const FACTORS = { enrolled: 'Factor enrolled', missing: 'No factor yet' } as const
const SEEN = { ever: 'Has signed in', never: 'Never signed in' } as const

const route = getRouteApi('/users')

/** By what users are filtered; beside each choice how many it gives, with the other filters as they are. */
export const UserFilters = ({ counts }: { counts: Counts | undefined }) => {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const roles = useQuery({ ...trpc.users.roles.queryOptions(), staleTime: Number.POSITIVE_INFINITY })
  const set = (change: Partial<typeof search>) =>
    void navigate({ search: (prev) => ({ ...prev, ...change }), replace: true, resetScroll: false })
  const setText = useDebouncedCallback((text: string) => set({ text: text === '' ? undefined : text }), 250)
  const choice = (facet: Facet, value: string, label: string) => {
    const count = counts === undefined ? null : (counts[facet][value] ?? 0)
    return { value, label: count === null ? label : `${label} (${formatCount(count)})` }
  }
  return (
    <FilterBar>
      <TextInput
        aria-label="Search users by name, e-mail or employee number"
        placeholder="Name, e-mail or number"
        type="search"
        ref={useSearchKey()}
        aria-keyshortcuts="/"
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        defaultValue={search.text ?? ''}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Select
        aria-label="Status"
        placeholder="Any status"
        clearable
        data={userStatus.options.map((value) => choice('status', value, USER_STATUSES[value].label))}
        value={search.status ?? null}
        onChange={(value) => set({ status: userStatus.safeParse(value).data })}
      />
      <Select
        aria-label="Role"
        placeholder="Any role"
        clearable
        data={(roles.data ?? []).map(({ name, title }) => choice('role', name, title))}
        value={search.role ?? null}
        onChange={(role) => set({ role: role ?? undefined })}
      />
      <Select
        aria-label="Department"
        placeholder="Any department"
        // Where nobody has one there is nothing to choose; it keeps its place, so that nothing moves.
        disabled={Object.keys(counts?.department ?? {}).length === 0 && search.department === undefined}
        clearable
        searchable
        data={Object.keys(counts?.department ?? {})
          .toSorted()
          .map((value) => choice('department', value, value))}
        value={search.department ?? null}
        onChange={(department) => set({ department: department ?? undefined })}
      />
      <Select
        aria-label="Second factor"
        placeholder="Any factor"
        clearable
        data={factorState.options.map((value) => choice('factor', value, FACTORS[value]))}
        value={search.factor ?? null}
        onChange={(value) => set({ factor: factorState.safeParse(value).data })}
      />
      <Select
        aria-label="Signed in"
        placeholder="Ever signed in?"
        clearable
        data={seenState.options.map((value) => choice('seen', value, SEEN[value]))}
        value={search.seen ?? null}
        onChange={(value) => set({ seen: seenState.safeParse(value).data })}
      />
    </FilterBar>
  )
}
