import { Button } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { Notice } from '../../components/notice.tsx'
import { proveInclusion } from '../../lib/audit/proof.ts'
import { client, type Outputs } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { CheckSection } from './check-section.tsx'
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
    <CheckSection
      title="Proof of inclusion"
      button={
        <Button
          size="xs"
          loading={pending}
          variant={result === undefined ? 'filled' : 'default'}
          leftSection={<IconShieldCheck size={15} aria-hidden="true" />}
          onClick={() => act(undefined)}
        >
          Verify inclusion
        </Button>
      }
      what="Checked here, in your browser, from the entry’s own bytes to the signature over the whole log."
      failure={failure}
      result={result}
    >
      {({ ok, steps }) => (
        <>
          {ok ? (
            <Notice tone="good" title="Verified: this entry is in the signed tree" />
          ) : (
            <Notice tone="bad" title="Not verified">
              Something does not fit. Keep this page, and tell the security officer.
            </Notice>
          )}
          <ProofSteps steps={steps} />
        </>
      )}
    </CheckSection>
  )
}
