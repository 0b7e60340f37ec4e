import { toHex } from '@chartward/audit'
import { Button } from '@mantine/core'
import { Drawer } from '../../components/drawer.tsx'
import { Facts } from '../../components/facts.tsx'
import { Notice } from '../../components/notice.tsx'
import { ShortId } from '../../components/short-id.tsx'
import { When } from '../../components/when.tsx'
import { type Continuity, forgetHead } from '../../lib/audit/checkpoint-memory.ts'
import { countOf, formatCount, shortHash } from '../../lib/format.ts'
import classes from './audit.module.css'
import { Integrity } from './integrity.tsx'
import { type LogState, useContinuity } from './use-continuity.ts'

interface Props {
  opened: boolean
  onClose: () => void
  onEntry: (id: string) => void
}

/**
 * The state of the log as a whole: the signed head, whether it continues what was seen before, and the
 * database under it.
 */
export const LogDrawer = ({ opened, onClose, onEntry }: Props) => {
  const answer = useContinuity(opened)
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title="The log as a whole"
      close="Close the proof"
      answer={answer}
      height={320}
    >
      {(state) => (
        <div className={classes.stack}>
          <Head state={state} onAgain={() => void answer.refetch()} />
          <Integrity onEntry={onEntry} />
        </div>
      )}
    </Drawer>
  )
}

const Head = ({ state, onAgain }: { state: LogState; onAgain: () => void }) => {
  const { head } = state
  if (head.state === 'empty')
    return <Notice tone="info">There is no signed tree head yet: nothing was sequenced.</Notice>
  if (head.state === 'broken') {
    return (
      <Notice tone="bad" title="The signed tree head does not verify">
        {head.why}. Keep this page, and tell the security officer.
      </Notice>
    )
  }
  const root = toHex(head.checkpoint.root)
  return (
    <section className={classes.stack}>
      <Notice
        tone="good"
        title={`Signed and verified at ${countOf(head.checkpoint.size, 'entry', 'entries')}`}
      >
        The signature was checked here, in your browser.
      </Notice>
      <Facts
        items={[
          ['Log', head.checkpoint.origin],
          ['Root', <ShortId key="r" id={root} of="root hash" text={shortHash(root)} />],
          ['Signed', <When key="s" at={state.signedAt} />],
          ['Not yet in the tree', formatCount(state.pending)],
          [
            'Verifier key',
            <ShortId key="k" id={state.verifierKey} of="verifier key" text={shortHash(state.verifierKey)} />,
          ],
        ]}
      />
      <p className={classes.quiet}>
        The key comes from this server. Compare it once with the one you were given by another way; the
        offline verifier asks for it.
      </p>
      {state.continuity === null ? null : (
        <ContinuityNotice continuity={state.continuity} onAgain={onAgain} />
      )}
    </section>
  )
}

const ContinuityNotice = ({ continuity, onAgain }: { continuity: Continuity; onAgain: () => void }) => {
  switch (continuity.kind) {
    case 'first':
      return (
        <Notice tone="info">
          This browser sees the log for the first time. It will notice if what is there now changes.
        </Notice>
      )
    case 'same':
      return <Notice tone="good">Nothing was added or changed since this browser last looked.</Notice>
    case 'extended':
      return (
        <Notice tone="good">
          The {countOf(continuity.since.size, 'entry', 'entries')} that this browser saw last time are all
          still there, unchanged and in order ({countOf(continuity.proof.length, 'hash', 'hashes')} prove it).
        </Notice>
      )
    case 'broken':
      return (
        <Notice tone="bad" title="This is not the log that this browser saw before">
          <p>
            {continuity.why} Last seen: {countOf(continuity.since.size, 'entry', 'entries')}, root{' '}
            {shortHash(continuity.since.root)}.
          </p>
          <p>
            If the installation was made anew on purpose, let this browser start afresh. Otherwise keep this
            page.
          </p>
          <Button
            mt="xs"
            size="xs"
            variant="default"
            onClick={() => {
              forgetHead(localStorage)
              onAgain()
            }}
          >
            Forget what was seen
          </Button>
        </Notice>
      )
  }
}
