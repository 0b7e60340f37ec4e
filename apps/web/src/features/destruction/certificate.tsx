import { Button, Group, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Loaded } from '../../components/loaded.tsx'
import { Panel } from '../../components/panel.tsx'
import { type Outputs, trpc } from '../../lib/trpc.ts'
import classes from './destruction.module.css'

type Certificate = Outputs['shred']['certificate']

const save = (name: string, text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
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
  return (
    <Panel title="Certificate of destruction">
      <Loaded answer={answer} height={240}>
        {({ note, verifierKey }: Certificate) => (
          <Stack gap="md">
            <pre className={classes.text}>{laidOut(note)}</pre>
            <p>
              Signed as a note of C2SP. The key that verifies it: <code>{verifierKey}</code>
            </p>
            <Group gap="xs">
              <Button onClick={() => save(`certificate-of-destruction-${id}.txt`, note)}>
                Save the certificate
              </Button>
            </Group>
          </Stack>
        )}
      </Loaded>
    </Panel>
  )
}
