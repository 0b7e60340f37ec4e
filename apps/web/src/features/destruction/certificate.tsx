import { fromBase64 } from '@chartward/audit'
import { Button, Group, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Loaded } from '../../components/loaded.tsx'
import { Notice } from '../../components/notice.tsx'
import { Panel } from '../../components/panel.tsx'
import { client, type Outputs, trpc } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import classes from './destruction.module.css'

type Certificate = Outputs['shred']['certificate']

const save = (name: string, content: BlobPart, type: string): void => {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

/** What the signed line says, laid out to be read; as it is where it is no JSON. */
const laidOut = (note: string): string => {
  const [line = ''] = note.split('\n')
  try {
    return JSON.stringify(JSON.parse(line), null, 2)
  } catch {
    return line
  }
}

/** A certificate of destruction: what it says, and the signed file to keep. */
export const CertificateView = ({ id }: { id: string }) => {
  const answer = useQuery(trpc.shred.certificate.queryOptions({ id }))
  const { act, pending, failure } = useAct({
    mutationFn: () => client.shred.signCertificate.mutate({ id }),
    onDone: ({ bundle }) =>
      save(`certificate-of-destruction-${id}.tar`, new Uint8Array(fromBase64(bundle)), 'application/x-tar'),
  })
  return (
    <Panel title="Certificate of destruction">
      <Loaded answer={answer} height={240}>
        {({ note, verifierKey }: Certificate) => (
          <Stack gap="md">
            <pre className={classes.text}>{laidOut(note)}</pre>
            <p>
              The bundle has the certificate and what the log says of it, signed.{' '}
              <Link to="/bundles">Check a bundle</Link> verifies it, here or on any other machine, as{' '}
              <code>chartward verify</code> does.
            </p>
            {failure === null ? null : <Notice tone="bad">{failure.message}</Notice>}
            <Group gap="xs">
              <Button loading={pending} onClick={() => act()}>
                Save as a signed bundle
              </Button>
              <Button
                variant="default"
                onClick={() => save(`certificate-of-destruction-${id}.txt`, note, 'text/plain;charset=utf-8')}
              >
                Save the certificate alone
              </Button>
            </Group>
            <p>
              Alone it is a signed note of C2SP. The key that verifies it:{' '}
              <code className={classes.key}>{verifierKey}</code>
            </p>
          </Stack>
        )}
      </Loaded>
    </Panel>
  )
}
