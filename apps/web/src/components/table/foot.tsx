import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { formatCount } from '../../lib/format.ts'
import classes from '../data-table.module.css'

interface Props {
  loaded: number
  loading: boolean
  /** Something failed: what comes next is asked for by the button alone. */
  failed: boolean
  onMore: () => void
}

/** So far from the end the next rows are fetched. */
const AHEAD = '600px 0px'

/** How many rows there are so far; the next ones are fetched as the end comes near, or by the button. */
export const Foot = ({ loaded, loading, failed, onMore }: Props) => {
  const foot = useRef<HTMLDivElement>(null)
  const more = useRef(onMore)
  more.current = onMore
  // Looked at anew when rows have come: the end may still be near.
  const wait = loading || failed ? null : loaded
  useEffect(() => {
    if (foot.current === null || wait === null) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) more.current()
      },
      { rootMargin: AHEAD },
    )
    observer.observe(foot.current)
    return () => observer.disconnect()
  }, [wait])
  return (
    <div ref={foot} className={classes.more}>
      <span>{formatCount(loaded)} loaded, more to come</span>
      <Button variant="default" size="xs" loading={loading} onClick={onMore}>
        Show more
      </Button>
    </div>
  )
}
