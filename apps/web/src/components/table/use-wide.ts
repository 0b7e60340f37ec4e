import { type RefObject, useLayoutEffect, useState } from 'react'

/**
 * Whether a table needs more room than there is. It then scrolls sideways in its own box, and what scrolls in
 * one direction is a box for `position: sticky` in both: the header is moved by hand instead.
 */
export const useWide = (box: RefObject<HTMLElement | null>, present: boolean): boolean => {
  const [wide, setWide] = useState(false)
  useLayoutEffect(() => {
    const around = box.current
    const table = around?.querySelector('table')
    if (!present || around === null || !table) return
    const look = () => setWide(table.offsetWidth > around.clientWidth + 1)
    const observer = new ResizeObserver(look)
    observer.observe(around)
    observer.observe(table)
    return () => observer.disconnect()
  }, [box, present])
  useLayoutEffect(() => {
    const table = wide ? box.current?.querySelector('table') : null
    const head = table?.tHead
    if (!table || !head) return
    // Where its cells would stick: under the header of the page.
    const under = Number.parseFloat(getComputedStyle(head.rows[0]?.cells[0] ?? head).top) || 0
    const move = () => {
      const { top, height } = table.getBoundingClientRect()
      const by = Math.min(Math.max(under - top, 0), height - head.offsetHeight)
      head.style.transform = by > 0 ? `translateY(${by}px)` : ''
    }
    move()
    addEventListener('scroll', move, { passive: true })
    return () => {
      removeEventListener('scroll', move)
      head.style.transform = ''
    }
  }, [box, wide])
  return wide
}
