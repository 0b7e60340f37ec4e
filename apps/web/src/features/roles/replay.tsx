import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Loaded } from '../../components/loaded.tsx'
import { formatCount, formatDay } from '../../lib/format.ts'
import { type Inputs, type Outputs, trpc } from '../../lib/trpc.ts'
import classes from './roles.module.css'

type Found = Outputs['roles']['replay']

/** What the last thirty days would have been by the version: asked for, since it reads the log. */
export const Replay = ({ wanted }: { wanted: Inputs['roles']['replay'] }) => {
  const [asked, setAsked] = useState(false)
  const answer = useQuery({
    ...trpc.roles.replay.queryOptions(wanted),
    enabled: asked,
    staleTime: 0,
    gcTime: 0,
  })
  if (!asked) {
    return (
      <div>
        <Button variant="default" onClick={() => setAsked(true)}>
          Decide the last 30 days again
        </Button>
      </div>
    )
  }
  return (
    <Loaded answer={answer} height={120}>
      {(found: Found) => <FoundView found={found} />}
    </Loaded>
  )
}

const FoundView = ({ found: { since, entries, read, decided, undecided, people } }: { found: Found }) => (
  <section aria-label="The last 30 days, decided again" className={classes.replay}>
    <p>
      {formatCount(read)} of {formatCount(entries)} audit entries since {formatDay(since)} read;{' '}
      {formatCount(decided)} decisions by this role decided again
      {undecided === 0 ? '' : `, ${formatCount(undecided)} that can’t be`}.
    </p>
    {people.length === 0 ? (
      <p>{decided === 0 ? 'There is none to compare.' : 'Each would have come out the same.'}</p>
    ) : (
      <div className={classes.scrolls}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Person</th>
              <th scope="col">Would be refused</th>
              <th scope="col">Would be allowed</th>
              <th scope="col">Shows less</th>
              <th scope="col">Shows more</th>
            </tr>
          </thead>
          <tbody>
            {people.map(({ person, refused, allowed, less, more }) => (
              <tr key={person.id}>
                <th scope="row">{person.displayName}</th>
                <td>{formatCount(refused)}</td>
                <td>{formatCount(allowed)}</td>
                <td>{formatCount(less)}</td>
                <td>{formatCount(more)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    )}
  </section>
)
