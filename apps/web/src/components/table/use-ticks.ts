import { useCallback, useState } from 'react'
import { formatCount } from '../../lib/format.ts'
import type { Selection } from './bulk.tsx'
import type { TickAll } from './head.tsx'
import type { Tick } from './row.tsx'

const NONE: ReadonlySet<string> = new Set()

/** The boxes of a table whose rows can be selected; what is selected and no longer listed does not count. */
export const useTicks = <Row>(
  items: readonly Row[],
  keys: readonly string[],
  selection: Selection<Row> | undefined,
) => {
  const [ticked, setTicked] = useState(NONE)
  const label = selection?.label
  const tickOf = useCallback(
    (key: string, row: Row): Tick | null => {
      if (label === undefined) return null
      const onTick = () =>
        setTicked((before) => {
          const after = new Set(before)
          if (!after.delete(key)) after.add(key)
          return after
        })
      return { label: `Select ${label(row)}`, onTick }
    },
    [label],
  )
  const clear = () => setTicked(NONE)
  if (selection === undefined) return { ticked: null, tickOf: undefined, tickAll: null, chosen: [], clear }
  const chosen = items.filter((_, index) => ticked.has(keys[index] ?? ''))
  const tickAll: TickAll = {
    label: `Select all ${formatCount(items.length)} loaded ${selection.noun[1]}`,
    all: chosen.length > 0 && chosen.length === items.length,
    some: chosen.length > 0,
    onTick: () => setTicked(chosen.length < items.length ? new Set(keys) : NONE),
  }
  return { ticked, tickOf, tickAll, chosen, clear }
}
