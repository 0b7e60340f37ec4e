import { Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '../../../components/empty-state.tsx'
import { Facts } from '../../../components/facts.tsx'
import { Loaded } from '../../../components/loaded.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Panel } from '../../../components/panel.tsx'
import { When } from '../../../components/when.tsx'
import { countOf } from '../../../lib/format.ts'
import { useCan } from '../../../lib/session/session.ts'
import { client, type Outputs, PHI, trpc } from '../../../lib/trpc.ts'
import { ActButton } from './act-button.tsx'
import { Decision } from './decision.tsx'
import { RotateKey } from './rotate-key.tsx'
import { DESTROY, LIFT_HOLD, SET_HOLD } from './words.ts'

type Answer = Outputs['shred']['get']
type Hold = Answer['holds'][number]
type Destroyed = NonNullable<Answer['destroyed']>

const REFRESH = [{ queryKey: trpc.shred.pathKey() }]
const SOMEBODY_ELSE = 'Somebody else decides now.'

/** Whether a patient is held, and whether the patient's keys are to be, or were, destroyed. */
const Destruction = ({ patientId }: { patientId: string }) => {
  const answer = useQuery({ ...trpc.shred.get.queryOptions({ patientId }), ...PHI })
  return (
    <Loaded answer={answer} height={320}>
      {(found: Answer) => (
        <Stack gap="md">
          <Panel title="Legal holds">
            <Holds patientId={patientId} found={found} />
          </Panel>
          {found.destroyed === null ? (
            <Panel title="Key">
              <RotateKey patientId={patientId} />
            </Panel>
          ) : null}
          <Panel title="Destruction">
            {found.destroyed !== null ? (
              <WasDestroyed destroyed={found.destroyed} />
            ) : found.asked !== null ? (
              <Stack gap="md">
                <Notice tone="bad" title="Waits for approval">
                  {DESTROY}
                </Notice>
                <Decision patientId={patientId} asked={found.asked} of="shred" />
              </Stack>
            ) : (
              <NotDestroyed patientId={patientId} found={found} />
            )}
          </Panel>
        </Stack>
      )}
    </Loaded>
  )
}

const Holds = ({ patientId, found: { holds, destroyed } }: { patientId: string; found: Answer }) => {
  const can = useCan()
  return (
    <Stack gap="md">
      {holds.length === 0 ? <EmptyState title="Nothing is held" /> : null}
      {holds.map((hold) => (
        <OneHold key={hold.id} patientId={patientId} hold={hold} />
      ))}
      {destroyed === null && can('vault:hold:set') ? (
        <ActButton
          title="Set a legal hold"
          confirm="Set it"
          consequence={SET_HOLD}
          act={(reason) => client.shred.setHold.mutate({ patientId, reason })}
          refresh={REFRESH}
          said="The hold is set."
        >
          Set a legal hold
        </ActButton>
      ) : null}
    </Stack>
  )
}

const OneHold = ({ patientId, hold }: { patientId: string; hold: Hold }) => {
  const can = useCan()
  return (
    <Stack gap="sm">
      <Facts
        items={[
          ['Set by', hold.setBy.displayName],
          ['Set', <When key="at" at={hold.setAt} />],
          ['Why', `“${hold.reason}”`],
          [
            'State',
            hold.lifted === null ? (
              'Stands'
            ) : (
              <span key="lifted">
                Lifted <When at={hold.lifted.at} />, asked for by {hold.lifted.askedBy.displayName}, agreed to
                by {hold.lifted.by.displayName}
              </span>
            ),
          ],
        ]}
      />
      {hold.lift === null ? null : <Decision patientId={patientId} asked={hold.lift} of="lift" />}
      {hold.lifted === null && hold.lift === null && can('vault:hold:lift') ? (
        <ActButton
          title="Ask for the end of the hold"
          confirm="Ask for it"
          consequence={LIFT_HOLD}
          act={(reason) => client.shred.requestLift.mutate({ patientId, holdId: hold.id, reason })}
          refresh={REFRESH}
          said={SOMEBODY_ELSE}
        >
          Ask for its end
        </ActButton>
      ) : null}
    </Stack>
  )
}

const NotDestroyed = ({ patientId, found: { retention, holds } }: { patientId: string; found: Answer }) => {
  const can = useCan()
  const isHeld = holds.some(({ lifted }) => lifted === null)
  return (
    <Stack gap="md">
      <p>
        A record is kept for at least {countOf(retention.years, 'year')} after its last entry, and of minors
        for {countOf(retention.yearsPastMajority, 'year')} after they are 18. Then two people can have the
        patient’s keys destroyed, unless a legal hold stands.
      </p>
      {can('vault:shred:request') && !isHeld ? (
        <ActButton
          title="Ask for the destruction of this patient’s keys"
          isDestructive
          confirm="Ask for it"
          consequence={DESTROY}
          act={(reason) => client.shred.request.mutate({ patientId, reason })}
          refresh={REFRESH}
          said={SOMEBODY_ELSE}
        >
          Ask for destruction
        </ActButton>
      ) : null}
    </Stack>
  )
}

const WasDestroyed = ({ destroyed }: { destroyed: Destroyed }) => {
  const can = useCan()
  return (
    <Stack gap="md">
      <Facts
        items={[
          ['Destroyed', <When key="at" at={destroyed.at} />],
          ['Asked for by', destroyed.requestedBy.displayName],
          ['Agreed to by', destroyed.decidedBy.displayName],
          [
            'Final',
            <span key="final">
              <When at={destroyed.finalAt} />
              {destroyed.finalIsBound
                ? ', at the latest: no copy of a wrapped key may be kept for longer'
                : ', when the last copy of a wrapped key expires'}
            </span>,
          ],
        ]}
      />
      {can('vault:shred:list') ? (
        destroyed.certified ? (
          <Link to="/destruction" search={{ certificate: destroyed.id }}>
            Open the certificate
          </Link>
        ) : (
          <p>The certificate is being made.</p>
        )
      ) : null}
    </Stack>
  )
}

/** Loaded when it is first needed. */
export default Destruction
