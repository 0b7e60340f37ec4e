import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { failureOf } from '../lib/errors.ts'
import { FailureNotice } from './failure-notice.tsx'

/** As much of a query as it takes to show what came of it. */
export interface Answer<Data> {
  readonly data: Data | undefined
  readonly error: unknown
  readonly refetch: () => unknown
}

interface Props<Data> {
  answer: Answer<Data>
  /** About the pixels that the content takes: its place is held while it loads. */
  height: number
  children: (data: Data) => ReactNode
}

/** What was asked of the server: on its way, failed with a way to ask again, or there. */
export const Loaded = <Data,>({ answer: { data, error, refetch }, height, children }: Props<Data>) =>
  data !== undefined ? (
    children(data)
  ) : error === null ? (
    <Skeleton height={height} />
  ) : (
    <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />
  )
