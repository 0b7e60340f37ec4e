import { Loader } from '@mantine/core'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { BadLink } from './bad-link.tsx'
import { useSubmit } from './use-submit.ts'

interface Props<T> {
  what?: 'link' | 'invitation'
  token: string | null
  /** Always the same function: another one opens the link again. */
  open: (token: string) => Promise<T>
  /** Where another link comes from. */
  another: ReactNode
  onSignIn: () => void
  children: (opened: T, token: string) => ReactNode
}

/** What a link of mail opens, once it is known to be good. */
export const OpenedLink = <T,>({ what = 'link', token, open, another, onSignIn, children }: Props<T>) => {
  const [opened, setOpened] = useState<{ readonly it: T } | null>(null)
  const { failure, submit } = useSubmit()
  const ask = useCallback(() => {
    if (token !== null) void submit(async () => setOpened({ it: await open(token) }))
  }, [token, open, submit])
  useEffect(ask, [ask])
  if (token === null || failure !== null) {
    return (
      <BadLink what={what} failure={failure} onRetry={ask} onSignIn={onSignIn}>
        {another}
      </BadLink>
    )
  }
  if (opened === null) return <Loader role="status" aria-label={`Opening the ${what}`} />
  return children(opened.it, token)
}
