import { Button } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { Notice } from '../../components/notice.tsx'
import { proveInclusion } from '../../lib/audit/proof.ts'
import { client, type Outputs } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import classes from './audit.module.css'
import { ProofSteps } from './proof-steps.tsx'

/** Fetches the proof of one entry and checks every step of it in this browser. */
export const Inclusion = ({ entry }: { entry: Outputs['audit']['get'] }) => {
  const { act, pending, failure, result } = useAct({
    mutationFn: async () => proveInclusion(await client.audit.proof.query({ id: entry.id }), entry),
  })
  if (entry.index === null) {
    return (
      <Notice tone="info">
        This entry is written and not yet in the signed tree. That takes seconds; open it again.
      </Notice>
    )
  }
  return (
    <section className={classes.proof}>
      <div className={classes.proofHead}>
        <h3 className={classes.heading}>Proof of inclusion</h3>
        <Button
          size="xs"
          loading={pending}
          variant={result === undefined ? 'filled' : 'default'}
          leftSection={<IconShieldCheck size={15} aria-hidden="true" />}
          onClick={() => act(undefined)}
        >
          Verify inclusion
        </Button>
      </div>
      <div aria-live="polite">
        {failure === null ? null : <FailureNotice failure={failure} />}
        {result === undefined ? (
          <p className={classes.quiet}>
            Checked here, in your browser, from the entry’s own bytes to the signature over the whole log.
          </p>
        ) : (
          <>
            {result.ok ? (
              <Notice tone="good" title="Verified: this entry is in the signed tree" />
            ) : (
              <Notice tone="bad" title="Not verified">
                Something does not fit. Keep this page, and tell the security officer.
              </Notice>
            )}
            <ProofSteps steps={result.steps} />
          </>
        )}
      </div>
    </section>
  )
}
