import { INTEGRITY_MEANINGS, UNCHECKED_PARTS } from '@chartward/contract'
import { Button } from '@mantine/core'
import { Notice } from '../../components/notice.tsx'
import { OpenButton } from '../../components/open-button.tsx'
import { When } from '../../components/when.tsx'
import { countOf, formatCount, sentence } from '../../lib/format.ts'
import { client, type Outputs } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import classes from './audit.module.css'
import { CheckSection } from './check-section.tsx'

type Result = Outputs['audit']['integrity']

/** Has the server compare every row with its bytes, its leaf and the tree, and names what does not fit. */
export const Integrity = ({ onEntry }: { onEntry: (id: string) => void }) => {
  const { act, pending, failure, result } = useAct({ mutationFn: () => client.audit.integrity.mutate({}) })
  return (
    <CheckSection
      title="The database under the tree"
      button={
        <Button size="xs" loading={pending} onClick={() => act(undefined)}>
          Check the whole log
        </Button>
      }
      what="Compares every entry with its leaf and the signed tree, and every row that the log tells of with what it says; opens every record, note and release. What was changed, deleted or put in behind the application’s back is named, with what it means."
      failure={failure}
      result={result}
    >
      {(found) => <Found result={found} onEntry={onEntry} />}
    </CheckSection>
  )
}

const Found = ({ result, onEntry }: { result: Result; onEntry: (id: string) => void }) => (
  <>
    {result.ok ? (
      <Notice tone="good" title="Everything fits">
        {countOf(result.checked, 'entry', 'entries')} checked <When at={result.checkedAt} />.
      </Notice>
    ) : (
      <Notice tone="bad" title={`${countOf(result.problems.length, 'problem')} found`}>
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
