import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Facts } from '../../components/facts.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Notice } from '../../components/notice.tsx'
import { Panel } from '../../components/panel.tsx'
import { formatCount } from '../../lib/format.ts'
import { type Outputs, trpc } from '../../lib/trpc.ts'

type Answer = Outputs['keys']['search']
type Plan = Answer['planned']

/** To a whole number, or to two digits where that would be none. */
const figure = (value: number): string =>
  value >= 10 ? formatCount(Math.round(value)) : value.toFixed(value < 0.1 ? 3 : 1)

const UNSAFE: Readonly<Record<NonNullable<Plan['unsafe']>, string>> = {
  'too-few-share':
    'Too few people share a token for it to hide anybody: how often a name occurs, and who has a rare one, can be read off the database.',
  'too-many-opened':
    'A search opens too many people for nothing, and may miss those who are meant: the index has to be made anew with more bits.',
}

const PlanFacts = ({ plan, mostOpened }: { plan: Plan; mostOpened: number }) => (
  <Facts
    columns={2}
    items={[
      ['Patients', formatCount(plan.population)],
      ['Bits of a name token', plan.bits],
      ['Patients to a token, were all names different', figure(plan.peoplePerToken)],
      ['Beside each token by chance', figure(plan.chance)],
      ['Opened for nothing: a rare name, one word', figure(plan.rareWord.byChance)],
      ['Opened for nothing: a rare name, two words', figure(plan.rareName.byChance)],
      [
        'The commonest family name',
        `${figure(plan.commonWord.meant)} meant, ${figure(plan.commonWord.byChance)} for nothing`,
      ],
      [
        'The commonest name, two words',
        `${figure(plan.commonName.meant)} meant, ${figure(plan.commonName.byChance)} for nothing`,
      ],
      ['One search opens at most', formatCount(mostOpened)],
      ['Stands out of chance', `a beginning that more than ${figure(plan.standsOutAbove)} patients have`],
    ]}
  />
)

/** What the tokens by which patients are found cost and tell, as planned and as it is now. */
export const SearchSection = () => {
  const answer = useQuery(trpc.keys.search.queryOptions())
  return (
    <Panel title="Search">
      <Loaded answer={answer} height={320}>
        {({ planned, now, mostOpened }: Answer) => (
          <Stack gap="md">
            <p>
              Patients are found by keyed tokens. Two patients with the same MRN have the same token, and a
              token of a name is shared by several, so that it does not tell whose it is. Whoever reads the
              database without keys sees which patients share tokens, how many each has, and how often each
              occurs: the commonest beginnings of names stand out, and lists of names are public. Nothing can
              be searched that the searcher sees masked.
            </p>
            <h3>As planned</h3>
            <PlanFacts plan={planned} mostOpened={mostOpened} />
            {now === null ? null : (
              <>
                <h3>As it is now</h3>
                {now.unsafe === null ? null : (
                  <Notice tone="warn" title="Not what it was planned for">
                    {UNSAFE[now.unsafe]}
                  </Notice>
                )}
                <PlanFacts plan={now} mostOpened={mostOpened} />
              </>
            )}
          </Stack>
        )}
      </Loaded>
    </Panel>
  )
}
