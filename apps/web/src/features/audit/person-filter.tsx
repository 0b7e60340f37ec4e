import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { NothingFound } from '../../components/nothing-found.tsx'
import { trpc } from '../../lib/trpc.ts'

/** With the name too, which the list may not have on its page. */
export interface Person {
  readonly id: string
  readonly name: string
}

interface Props {
  onPick: (person: Person) => void
}

/** Somebody of the workforce, found by the beginning of a name. */
const PersonFilter = ({ onPick }: Props) => {
  const [text, setText] = useState('')
  const [wanted] = useDebouncedValue(text.trim(), 250)
  const users = useQuery({
    ...trpc.users.list.queryOptions({ text: wanted }),
    enabled: wanted.length >= 2,
    placeholderData: keepPreviousData,
  })
  const found = wanted.length < 2 ? [] : (users.data?.items ?? [])
  return (
    <Select
      aria-label="Person"
      placeholder="Anyone"
      searchable
      data={found.map(({ id, displayName }) => ({ value: id, label: displayName }))}
      // The server has searched already.
      filter={({ options }) => options}
      nothingFoundMessage={<NothingFound wanted={wanted} />}
      value={null}
      searchValue={text}
      onSearchChange={setText}
      onChange={(id) => {
        const person = found.find((one) => one.id === id)
        if (person !== undefined) onPick({ id: person.id, name: person.displayName })
        setText('')
      }}
    />
  )
}

/** Comes after the page. */
export default PersonFilter
