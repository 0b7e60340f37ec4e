import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual'
import { memo, type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react'
import { type Segment, segmentsOf, usualOf, withKept } from './windowing.ts'

/** Rows that are drawn beyond either edge of the window: what a turn of the wheel brings is there already. */
const OVERSCAN = 6

/** What is to be drawn of a long list. */
export interface View {
  readonly segments: readonly Segment[]
  /** Told of each row that is drawn, it learns how high the row is. */
  readonly measure: (row: HTMLTableRowElement | null) => void
}

interface Props {
  body: RefObject<HTMLElement | null>
  keys: readonly string[]
  /** About how many pixels a row is high. */
  estimate: number
  /** Keys of rows that are drawn wherever they are. */
  kept: () => readonly (string | null)[]
  onView: (view: View | null) => void
}

/**
 * Follows the page's own scrolling and says which rows of a long list are to be drawn. It draws nothing
 * itself, so that rows stay what they are when a list becomes a long one, the focus among them; and it is
 * loaded when the first list does.
 */
const RowWindowOf = ({ body, keys, estimate, kept, onView }: Props) => {
  const top = useTop(body)
  // How high most rows are, once some have been seen in the form that they have now.
  const [usual, setUsual] = useState<{ estimate: number; height: number } | null>(null)
  const expected = usual?.estimate === estimate ? usual.height : estimate
  const virtualizer = useWindowVirtualizer<HTMLTableRowElement>({
    count: keys.length,
    estimateSize: () => expected,
    getItemKey: useCallback((index: number) => keys[index] ?? index, [keys]),
    overscan: OVERSCAN,
    scrollMargin: top,
    useFlushSync: false,
    // The same function for the same rows, or what it gave would count as new each time.
    rangeExtractor: useCallback(
      (range: Range) => {
        const indexes = kept().map((key) => (key === null ? -1 : keys.indexOf(key)))
        return withKept(defaultRangeExtractor(range), indexes, range.count)
      },
      [keys, kept],
    ),
  })
  const items = virtualizer.getVirtualItems()
  const total = virtualizer.getTotalSize()
  useLayoutEffect(() => {
    const placed = items.map(({ index, start, end }) => ({ index, start: start - top, end: end - top }))
    onView({ segments: segmentsOf(placed, total), measure: virtualizer.measureElement })
  }, [items, total, top, virtualizer, onView])
  useLayoutEffect(() => () => onView(null), [onView])
  const measured = useRef(expected)
  useLayoutEffect(() => {
    if (usual?.estimate !== estimate) {
      const heights = [...virtualizer.elementsCache.values()].map((row) => row.offsetHeight)
      const height = usualOf(heights)
      if (height !== null) setUsual({ estimate, height })
    }
    if (measured.current === expected) return
    measured.current = expected
    // What is out of sight was reckoned with another height, and what is in sight has its own.
    virtualizer.measure()
    for (const row of virtualizer.elementsCache.values()) virtualizer.measureElement(row)
  }, [virtualizer, estimate, expected, usual, items])
  return null
}

export const RowWindow = memo(RowWindowOf)

/** How far down the page an element begins, kept as what stands above it grows. */
const useTop = (element: RefObject<HTMLElement | null>): number => {
  const [top, setTop] = useState(0)
  useLayoutEffect(() => {
    const look = () => {
      const at = (element.current?.getBoundingClientRect().top ?? 0) + scrollY
      setTop((before) => (Math.abs(at - before) > 1 ? at : before))
    }
    look()
    const observer = new ResizeObserver(look)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [element])
  return top
}
