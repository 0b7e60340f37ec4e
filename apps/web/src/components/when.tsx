import { formatExact, formatRelative } from '../lib/format.ts'
import { useNow } from '../lib/use-now.ts'

/** A moment as people say it, with the exact one on hover and for machines. */
export const When = ({ at, absent = 'never' }: { at: string | null; absent?: string }) => {
  const now = useNow(30_000)
  if (at === null) return <span>{absent}</span>
  return (
    <time dateTime={at} title={formatExact(at)}>
      {formatRelative(at, now)}
    </time>
  )
}
