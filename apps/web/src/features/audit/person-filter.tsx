import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { trpc } from '../../lib/trpc.ts'

interface Props {
  /** Told the name too, which the list may not have on its page. */
  onPick: (person: { id: string; name: string }) => void
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
      nothingFoundMessage={wanted.length < 2 ? 'Type at least two letters' : 'Nobody by that name'}
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
