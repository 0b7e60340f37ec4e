import { useQuery } from '@tanstack/react-query'
import { Facts } from '../../components/facts.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { Notice } from '../../components/notice.tsx'
import { Panel } from '../../components/panel.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { When } from '../../components/when.tsx'
import { countOf, formatCount } from '../../lib/format.ts'
import { type Outputs, trpc } from '../../lib/trpc.ts'
import { WHERE, WRONG } from './provider-words.ts'

type State = Outputs['keys']['provider']

/** Where the root key is, how that answers, and until when the server can go on without it. */
export const ProviderSection = () => {
  const answer = useQuery(trpc.keys.provider.queryOptions({}))
  return (
    <Panel title="Where the root key is">
      <Loaded answer={answer} height={180}>
        {(state) => <Said state={state} />}
      </Loaded>
    </Panel>
  )
}

const Said = ({ state }: { state: State }) => (
  <>
    <Going state={state} />
    {state.providers.map((provider) => (
      <Facts
        key={`${provider.kind}/${provider.root}`}
        columns={2}
        items={[
          ['Key store', WHERE[provider.kind]],
          ['Its key, by our mark', provider.root === '' ? null : <code key="r">{provider.root}</code>],
          ['Used for', provider.wraps ? 'New keys, and those that it wrapped' : 'Keys that it wrapped'],
          [
            'State',
            provider.problem === null ? (
              <StatusTag key="s" tone="good">
                Answers
              </StatusTag>
            ) : (
              <StatusTag key="s" tone="bad">
                Gives no key
              </StatusTag>
            ),
          ],
          ['Since', <When key="w" at={provider.since} />],
          ['Last time took', `${formatCount(provider.latencyMs)} ms`],
          [
            'Last answer',
            provider.lastAnswerAt === null ? 'none yet' : <When key="a" at={provider.lastAnswerAt} />,
          ],
          ['What is wrong', provider.problem === null ? null : WRONG[provider.problem]],
        ]}
      />
    ))}
    <p>
      The key store is asked for each key anew many times in {countOf(state.holdHours, 'hour')}. A key that it
      has not given for so long, or whose root it has disabled, opens nothing until it gives it again. This is
      as the server process sees it that answered you.
    </p>
  </>
)

/** What it means for the people who work with records. */
const Going = ({ state: { providers, lapsed, heldUntil } }: { state: State }) => {
  if (lapsed > 0)
    return (
      <Notice tone="bad" title="Records can not be opened">
        The key store has disabled, or not confirmed for too long, {countOf(lapsed, 'key')}. People can sign
        in; records open again within a minute of its answering.
      </Notice>
    )
  if (heldUntil !== null && providers.some(({ problem }) => problem !== null))
    return (
      <Notice tone="warn" title="Everything works, for now">
        Unless what is wrong is mended, records can not be opened from <When at={heldUntil} /> on.
      </Notice>
    )
  return null
}

/** Comes beside the page. */
