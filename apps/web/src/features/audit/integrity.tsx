import { INTEGRITY_MEANINGS, UNCHECKED_PARTS } from '@chartward/contract'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Loaded } from '../../components/loaded.tsx'
import { Notice } from '../../components/notice.tsx'
import { OpenButton } from '../../components/open-button.tsx'
import { When } from '../../components/when.tsx'
import { useWorks } from '../../components/work/use-works.ts'
import { isOpen, resultWords } from '../../components/work/words.ts'
import { WorkProgress } from '../../components/work/work-progress.tsx'
import { countOf, formatCount, sentence } from '../../lib/format.ts'
import { workBegun } from '../../lib/session/change-link.ts'
import { client, type Outputs, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import classes from './audit.module.css'
import { CheckSection } from './check-section.tsx'

type Result = Outputs['audit']['check']
type Check = Outputs['works']['list']['items'][number]

const WHAT =
  'Compares every entry with its leaf and the signed tree, and every row that the log tells of with what it says; opens every record, note and release. What was changed, deleted or put in behind the application’s back is named, with what it means. It goes on when you close this.'

/**
 * The last check of the whole log, by whomever: how far it is, or what it has found. Another can be asked for
 * when none goes on.
 */
export const Integrity = ({ onEntry }: { onEntry: (id: string) => void }) => {
  const answer = useWorks({ kind: 'check-log', limit: 1 })
  const {
    act: check,
    pending,
    failure,
    result: asked,
  } = useAct({
    mutationFn: () => client.audit.askCheck.mutate({}),
    refresh: [{ queryKey: trpc.works.list.queryKey() }],
    onDone: workBegun,
  })
  const last = answer.data?.items[0]
  const goesOn = last !== undefined && isOpen(last)
  return (
    <CheckSection
      title="The database under the tree"
      button={
        goesOn ? null : (
          <Button size="xs" loading={pending} onClick={() => check(undefined)}>
            Check the whole log
          </Button>
        )
      }
      what={WHAT}
      failure={failure}
      result={last}
    >
      {(shown) => (
        <>
          {asked?.joined === true && goesOn ? (
            <p className={classes.quiet}>
              {shown.mine ? 'You' : shown.askedBy.displayName} had asked for a check already. One runs at a
              time: this is it.
            </p>
          ) : null}
          <Shown check={shown} onEntry={onEntry} />
        </>
      )}
    </CheckSection>
  )
}

const Shown = ({ check, onEntry }: { check: Check; onEntry: (id: string) => void }) => {
  if (isOpen(check)) return <WorkProgress work={check} />
  if (check.state === 'done' && check.vouched) return <Report id={check.id} onEntry={onEntry} />
  return (
    <Notice
      tone={check.state === 'cancelled' && check.vouched ? 'info' : 'bad'}
      title={check.state === 'cancelled' ? 'The last check was cancelled' : 'The last check says nothing'}
    >
      <p>{resultWords(check)}</p>
    </Notice>
  )
}

/** Found by somebody whom the person may be: it stays, and is asked for once. */
const Report = ({ id, onEntry }: { id: string; onEntry: (id: string) => void }) => {
  const answer = useQuery({ ...trpc.audit.check.queryOptions({ id }), staleTime: Number.POSITIVE_INFINITY })
  return (
    <Loaded answer={answer} height={64}>
      {(found) => <Found result={found} onEntry={onEntry} />}
    </Loaded>
  )
}

const Found = ({ result, onEntry }: { result: Result; onEntry: (id: string) => void }) => (
  <>
    {result.ok ? (
      <Notice tone="good" title="Everything fits">
        {countOf(result.checked, 'entry', 'entries')} checked <When at={result.checkedAt} />.
      </Notice>
    ) : (
      <Notice tone="bad" title={`${countOf(result.problemCount, 'problem')} found`}>
        Among {countOf(result.checked, 'entry', 'entries')} checked <When at={result.checkedAt} />. Keep this
        page, and tell the security officer.
      </Notice>
    )}
    {result.unchecked.length === 0 ? null : (
      <Notice tone="info" title="Not all could be checked">
        {result.unchecked.map((part) => (
          <p key={part}>Not checked: {UNCHECKED_PARTS[part]}</p>
        ))}
      </Notice>
    )}
    <ul className={classes.problems}>
      {result.problems.map(({ index, entryId, code, detail }) => (
        <li key={`${index}-${entryId}-${code}-${detail}`}>
          <strong>{sentence(code)}</strong>
          {index === null ? null : ` at leaf ${formatCount(index)}`}. {detail}. {INTEGRITY_MEANINGS[code]}
          {entryId === null ? null : (
            <>
              {' '}
              <OpenButton onClick={() => onEntry(entryId)}>Open the entry</OpenButton>
            </>
          )}
        </li>
      ))}
    </ul>
  </>
)
