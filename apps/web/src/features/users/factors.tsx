import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { factorColumns, factorRows } from '../../components/factor-columns.tsx'
import { Notice } from '../../components/notice.tsx'
import { Panel } from '../../components/panel.tsx'
import { When } from '../../components/when.tsx'
import { useCan, useSession } from '../../lib/session/session.ts'
import { useNow } from '../../lib/use-now.ts'
import { LostFactor, ResetLink } from './lost-factor.tsx'
import type { User } from './types.ts'
import classes from './users.module.css'

/** What a person signs in with, and what is done where they have lost it. Nobody chooses it for them. */
export const Factors = ({ user }: { user: User }) => {
  const can = useCan()
  const { user: me } = useSession()
  const [open, setOpen] = useState<'lost' | 'link' | null>(null)
  const now = useNow(60_000)
  const columns = useMemo(() => factorColumns(), [])
  const rows = useMemo(() => factorRows(user.factors), [user.factors])
  const { recoveryCodes, reset } = user.factors
  const may = can('account:factor:reset') && user.id !== me.id && user.status === 'active'
  const isAsked = user.pending.some(({ kind }) => kind === 'lost-factor')
  return (
    <div className={classes.stack}>
      {reset === null ? null : (
        <Notice tone="info" title="A lost factor: two people have agreed">
          <p>
            {Date.parse(reset.opensAt) > now ? (
              <>
                {user.displayName} can call it off until <When at={reset.opensAt} />; then the link can be
                made. What they had counts until another is set up.
              </>
            ) : (
              <>
                {user.displayName} sets up another factor by a link and their password, until{' '}
                <When at={reset.expiresAt} />.{reset.accepted ? ' They have come in by it.' : ''}
              </>
            )}
          </p>
          {may && Date.parse(reset.opensAt) <= now ? (
            <Button size="xs" variant="default" onClick={() => setOpen('link')}>
              Make the link
            </Button>
          ) : null}
        </Notice>
      )}
      <Panel
        flush
        title="Second factors"
        aside={
          may && user.mfa && reset === null && !isAsked ? (
            <Button size="xs" variant="default" onClick={() => setOpen('lost')}>
              They have lost it
            </Button>
          ) : undefined
        }
      >
        <DataTable
          caption="Second factors"
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          empty={<EmptyState title="There is no second factor that counts" />}
        />
        <p className={classes.under}>
          {recoveryCodes} {recoveryCodes === 1 ? 'recovery code is' : 'recovery codes are'} left.
        </p>
      </Panel>
      <LostFactor user={user} opened={open === 'lost'} onClose={() => setOpen(null)} />
      <ResetLink user={user} opened={open === 'link'} onClose={() => setOpen(null)} />
    </div>
  )
}
