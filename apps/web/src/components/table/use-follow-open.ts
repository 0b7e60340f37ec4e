import { type RefObject, useEffect, useRef } from 'react'

const rowIn = (box: HTMLElement | null, key: string): Element | undefined =>
  [...(box?.querySelectorAll('tr[data-row]') ?? [])].find((row) => row.getAttribute('data-row') === key)

/**
 * Keeps the place of whoever opens rows one after the other: the open row stays in view, and when it is
 * closed the focus is on what opens it. Where that row is not in the table, the focus is on the table, or on
 * the heading of the page, and never nowhere.
 */
export const useFollowOpen = (box: RefObject<HTMLElement | null>, open: string | undefined): void => {
  const last = useRef(open)
  useEffect(() => {
    const before = last.current
    last.current = open
    if (before === open || before === undefined) return
    if (open !== undefined) {
      rowIn(box.current, open)?.scrollIntoView({ block: 'nearest' })
      return
    }
    // A moment later: what was closed has its own idea of where the focus was.
    const timer = setTimeout(() => {
      const opener = rowIn(box.current, before)?.querySelector<HTMLElement>('a[href], button')
      const place = opener ?? box.current ?? document.querySelector<HTMLElement>('h1')
      place?.focus({ preventScroll: opener === undefined || opener === null })
    }, 0)
    return () => clearTimeout(timer)
  }, [box, open])
}
