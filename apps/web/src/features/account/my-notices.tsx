import type { NoticeWord } from '@chartward/contract'
import { useQuery } from '@tanstack/react-query'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Panel } from '../../components/panel.tsx'
import { When } from '../../components/when.tsx'
import { deviceOf } from '../../lib/format.ts'
import { type Outputs, trpc } from '../../lib/trpc.ts'

type Row = Outputs['notices']['mine']['items'][number]

const SAYS: Readonly<Record<NoticeWord, (role: string) => string>> = {
  'password-changed': () => 'Your password was changed',
  'password-reset-sent': () => 'A link to a new password was sent to you',
  'password-reset': () => 'Your password was reset by a link and your second factor',
  'name-changed': () => 'Your name was changed',
  'address-change-asked': () => 'Another address is to be that of your account',
  'address-changed': () => 'The address of your account was changed',
  'recovery-code-used': () => 'One of your recovery codes was used',
  'factor-added': () => 'A second factor was added to your account',
  'factor-removed': () => 'One of your second factors was removed',
  'recovery-codes-renewed': () => 'You got new recovery codes; the earlier ones are void',
  'passkey-suspected': () => 'A passkey of yours was refused: it may have been copied. Remove it',
  'lost-factor-agreed': () =>
    'Two administrators agreed that you have lost your second factor and enrol another. If you have not, tell an administrator; as long as it waits, call it off under “Second factors”',
  'lost-factor-called-off': () => 'You called off that you enrol another second factor',
  'new-device': () => 'Your account was used on a device that is new to it',
  lockout: () => 'Somebody gave a wrong password or code for your account five times in a row',
  'authenticator-refused': () =>
    'A hundred attempts to sign in as you have failed: where that was, your password or code is refused until you set a new one',
  'sessions-ended': () => 'An administrator ended sessions of yours',
  'locked-down': () => 'Your account was locked down',
  'role-given': (role) => `You were given the role ${role}`,
  'role-changed': (role) => `What your role ${role} permits has changed`,
  'role-ended': (role) => `Your role ${role} was ended`,
  'break-glass-opened': () => 'Somebody broke the glass: this use waits for your review',
  'break-glass-waiting': () => 'A use of break-glass has waited for its review for too long',
  'break-glass-ended': () => 'A use of break-glass of yours was ended by whoever reviews',
  'break-glass-reviewed': () => 'A use of break-glass of yours was reviewed',
  'cover-given': () => 'Patients were handed over in a cover that names you: see Patients',
  'cover-ended': () => 'A cover that named you was ended',
}

const COLUMNS: readonly Column<Row>[] = [
  { key: 'what', label: 'What', always: true, cell: ({ word, role }) => SAYS[word](role ?? '') },
  { key: 'when', label: 'When', width: '11rem', cell: ({ at }) => <When at={at} /> },
  {
    key: 'where',
    label: 'From where',
    width: '16rem',
    cell: ({ ip, userAgent }) =>
      ip === null ? null : `${userAgent === null ? 'Another browser' : deviceOf(userAgent)}, ${ip}`,
  },
]

/** What the person was told of their own account: whoever did something else to it is found out here. */
const MyNotices = () => {
  const query = useQuery({ ...trpc.notices.mine.queryOptions({}), staleTime: 0 })
  return (
    <Panel flush title="What you were told">
      <DataTable
        caption="What you were told of your account, newest first"
        columns={COLUMNS}
        rows={query.data?.items}
        rowKey={({ id }) => id}
        query={query}
        empty={<EmptyState title="Nothing yet" />}
      />
    </Panel>
  )
}

/** Comes beside the page. */
export default MyNotices
