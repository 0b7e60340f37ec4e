import { Select } from '@mantine/core'
import { Notice } from '../../components/notice.tsx'
import { standingLabel } from '../../lib/fhir/meaning.ts'
import { countOf, formatCount, sentence } from '../../lib/format.ts'
import type { Inputs, Outputs } from '../../lib/trpc.ts'
import classes from './patients.module.css'

type List = Outputs['records']['list']
type Facet = NonNullable<List['summary']>['states'][number]

const ORDERS = {
  'newest-first': 'Newest first.',
  'active-first': 'What is active first, then what is over or was taken back; each newest first.',
  'by-id': 'In no order: your roles don’t show when these records are from.',
} as const

interface OrderProps {
  /** Left out while the list loads: the line keeps its place. */
  order: List['order'] | undefined
  undated: number
  withheld: number
}

/** Says in which order the list is. */
export const Order = ({ order, undated, withheld }: OrderProps) => {
  if (order === 'untrusted')
    return (
      <Notice tone="bad" title="In no order">
        The index of these records does not fit them. All of them are here, in no order and without counts.
      </Notice>
    )
  const comes = (count: number) => (count === 1 ? 'comes' : 'come')
  return (
    <p className={classes.order}>
      {order === undefined ? '\u00a0' : ORDERS[order]}
      {undated === 0
        ? null
        : ` ${countOf(undated, 'record')} without a date ${comes(undated)} after those with one.`}
      {withheld === 0
        ? null
        : ` ${countOf(withheld, 'record')} ${withheld === 1 ? 'is' : 'are'} withheld from you and ${comes(withheld)} last.`}
    </p>
  )
}

const keyOf = ({ standing, state }: Facet): string => `${standing} ${state ?? ''}`

const labelOf = ({ standing, state, count }: Facet): string => {
  const words = [standingLabel(standing), state === null ? 'No state' : sentence(state)]
  return `${words.filter((word) => word !== '').join(': ')} (${formatCount(count)})`
}

type Filter = Pick<Inputs['records']['list'], 'standing' | 'state'>

const STANDINGS = ['said', 'negated', 'retracted', 'unknown'] as const

/** The filter that a choice stands for; none for everything. */
export const facetOf = (key: string | null): Filter => {
  const [standing, ...state] = key?.split(' ') ?? []
  const found = STANDINGS.find((one) => one === standing)
  return found === undefined ? {} : { standing: found, state: state.join(' ') }
}

interface Props {
  states: readonly Facet[]
  value: string | null
  onChange: (key: string | null) => void
}

/** One state of the list alone, with how many records have it. */
export const StateFilter = ({ states, value, onChange }: Props) =>
  states.length < 2 && value === null ? null : (
    <Select
      aria-label="State"
      placeholder="Every state"
      size="xs"
      w={240}
      clearable
      data={states.map((facet) => ({ value: keyOf(facet), label: labelOf(facet) }))}
      value={value}
      onChange={onChange}
    />
  )
