import { keyPurpose, type NeedKind } from '@chartward/contract'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { KEY_TITLES } from '../../components/key-titles.ts'
import { When } from '../../components/when.tsx'
import { shortId } from '../../lib/format.ts'
import type { Outputs } from '../../lib/trpc.ts'
import { useNow } from '../../lib/use-now.ts'
import classes from './home.module.css'

type Item = Outputs['needsYou']['list']['items'][number]

const Whom = ({ whom }: Pick<Item, 'whom'>) =>
  whom === null ? null : (
    <Link to="/users/$id" params={{ id: whom.id }}>
      {whom.displayName}
    </Link>
  )

const keyTitle = (purpose: string | null): string => {
  const known = keyPurpose.options.find((one) => one === purpose)
  return known === undefined ? '' : KEY_TITLES[known]
}

/** What is said of each kind. Who reads this may open the user whom it is about. */
const SAID: Readonly<Record<NeedKind, (item: Item) => ReactNode>> = {
  lockdown: ({ whom }) => (
    <>
      Confirm or lift the lockdown of <Whom whom={whom} />
    </>
  ),
  approval: ({ what, whom }) => (
    <>
      {what}, for <Whom whom={whom} />
    </>
  ),
  'export-decision': ({ what }) => <>Decide on an export: {what}</>,
  'patient-account': () => <>Decide on the account that a patient is to have</>,
  shred: () => <>Decide on the destruction of a patient’s keys</>,
  'hold-lift': () => <>Decide on the end of a legal hold</>,
  'export-ready': ({ what }) => <>Ready to download: {what}</>,
  'export-rejected': ({ what }) => <>Rejected: {what}</>,
  'export-failed': ({ what }) => <>Could not be built: {what}</>,
  invitation: ({ whom }) => (
    <>
      <Whom whom={whom} /> has not come in by their invitation yet
    </>
  ),
  'mail-undeliverable': ({ whom }) => (
    <>
      Mail to <Whom whom={whom} /> could not be delivered
    </>
  ),
  'role-ending': ({ what, whom }) => (
    <>
      {what}, the role of <Whom whom={whom} />
    </>
  ),
  dormant: ({ whom }) => (
    <>
      Nobody uses the account of <Whom whom={whom} />
    </>
  ),
  'signing-key-old': ({ what }) => (
    <>
      The key that signs {what === 'bundle' ? 'bundles' : 'the log'} is about a year old: have the operator
      run <code>chartward signing rotate {what}</code>
    </>
  ),
  'break-glass': ({ what, whom }) => (
    <>
      {what === 'open' ? 'Open now: break-glass' : 'Review break-glass'} of <Whom whom={whom} />
    </>
  ),
  'break-glass-waiting': ({ whom }) => (
    <>
      Nobody has reviewed the break-glass of <Whom whom={whom} />: ask the privacy officer
    </>
  ),
  'key-rotation': ({ what }) => <>The rotation of a key stands still: {keyTitle(what)}</>,
  'key-due': ({ what }) => <>A key’s time is nearly over: {keyTitle(what)}</>,
  'backup-missing': ({ since }) => <>No backup for too long: the last is from {since.slice(0, 10)}</>,
  'keyring-missing': () => <>No copy of the wrapped keys for too long: without one, no backup opens</>,
  'drill-failed': () => <>The last backup drill failed: the backup may not be one that can be restored</>,
  'drill-missing': () => <>Nobody has tried a backup for too long</>,
  'care-ending': ({ id, whom }) => (
    <>
      Care of patient {shortId(id)} that you gave to {whom?.displayName}
    </>
  ),
}

/** One act, where it is done. */
const Act = ({ item: { kind, id, whom } }: { item: Item }) => {
  switch (kind) {
    case 'lockdown':
    case 'approval':
      return (
        <Link to="/approvals" aria-label={`Decide: ${whom?.displayName ?? ''}`}>
          Decide
        </Link>
      )
    case 'export-decision':
    case 'export-ready':
    case 'export-rejected':
    case 'export-failed':
      return (
        <Link to="/exports/$id" params={{ id }}>
          Open the export
        </Link>
      )
    case 'invitation':
    case 'mail-undeliverable':
    case 'role-ending':
    case 'dormant':
    case 'break-glass-waiting':
      return (
        <Link to="/users/$id" params={{ id }}>
          Open the account
        </Link>
      )
    case 'key-rotation':
    case 'key-due':
      return <Link to="/keys">Open the keys</Link>
    case 'break-glass':
      return (
        <Link to="/break-glass/$id" params={{ id }}>
          Review
        </Link>
      )
    case 'backup-missing':
    case 'keyring-missing':
    case 'drill-failed':
    case 'drill-missing':
      return <Link to="/backups">Open the backups</Link>
    case 'patient-account':
      return (
        <Link to="/patients/$id" params={{ id }} search={{ tab: 'account' }}>
          Open the account
        </Link>
      )
    case 'signing-key-old':
      return (
        <Link to="/audit" search={{ entry: id }}>
          Open its entry
        </Link>
      )
    case 'shred':
    case 'hold-lift':
      return (
        <Link to="/patients/$id" params={{ id }} search={{ tab: 'destruction' }}>
          Open the request
        </Link>
      )
    case 'care-ending':
      return (
        <Link to="/patients/$id" params={{ id }} search={{ tab: 'care-team' }}>
          Open the care team
        </Link>
      )
  }
}

export const NeedLine = ({ item }: { item: Item }) => {
  const now = useNow(30_000)
  const { kind, by, since, due } = item
  return (
    <li>
      <span>
        {SAID[kind](item)}
        <span className={classes.quiet}>
          {by === null ? null : ` · by ${by.displayName}`} · since <When at={since} />
          {due === null ? null : (
            <>
              {' '}
              · {Date.parse(due) <= now ? 'ended' : 'ends'} <When at={due} />
            </>
          )}
        </span>
      </span>
      <span className={classes.act}>
        <Act item={item} />
      </span>
    </li>
  )
}
