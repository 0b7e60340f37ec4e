import { searchText } from '@chartward/contract'
import { useEffect } from 'react'
import { useCan } from '../../../lib/session/session.ts'
import { client, type Outputs } from '../../../lib/trpc.ts'
import { useAsked } from './use-asked.ts'

const PAUSE_MS = 300
const SHOWN = 6
const LEAST_LETTERS = 2

/** Users by what is typed of their names, once the person pauses. Whoever may not list users asks nothing. */
export const useFoundUsers = (text: string) => {
  const may = useCan()('account:user:list')
  const { run, answer, failure } = useAsked<Outputs['users']['list']>(text)
  useEffect(() => {
    if (!may || text.length < LEAST_LETTERS || !searchText.safeParse(text).success) return
    const ask = () =>
      run((wanted, signal) => client.users.list.query({ text: wanted, limit: SHOWN }, { signal }))
    const timer = setTimeout(ask, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [may, text])
  return { users: answer?.items ?? [], failure }
}
