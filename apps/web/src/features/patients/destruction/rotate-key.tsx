import { Stack } from '@mantine/core'
import { useState } from 'react'
import { BACKUP_KINDS } from '../../../components/backup-kinds.ts'
import { Notice } from '../../../components/notice.tsx'
import { When } from '../../../components/when.tsx'
import { useCan } from '../../../lib/session/session.ts'
import { client, type Outputs, trpc } from '../../../lib/trpc.ts'
import { ActButton } from './act-button.tsx'
import { ROTATE, ROTATE_WHEN, STILL_READ } from './words.ts'

type Backup = Outputs['keys']['rotatePatient']['backups'][number]

const REFRESH = [{ queryKey: trpc.keys.pathKey() }]

/** Gives a patient another key on suspicion, and names the copies that the earlier one still opens. */
export const RotateKey = ({ patientId }: { patientId: string }) => {
  const can = useCan()
  const [backups, setBackups] = useState<readonly Backup[] | null>(null)
  return (
    <Stack gap="md">
      <p>{ROTATE_WHEN}</p>
      {backups === null ? null : <StillRead backups={backups} />}
      {can('system:key:rotate-patient') ? (
        <ActButton
          title="Rotate this patient’s key"
          confirm="Rotate now"
          consequence={ROTATE}
          act={(reason) => client.keys.rotatePatient.mutate({ patientId, reason })}
          refresh={REFRESH}
          said="The rotation has begun. It goes on when you leave the page."
          onDone={(begun) => setBackups(begun.backups)}
        >
          Rotate the key
        </ActButton>
      ) : null}
    </Stack>
  )
}

const StillRead = ({ backups }: { backups: readonly Backup[] }) =>
  backups.length === 0 ? (
    <Notice tone="good" title="The rotation has begun">
      No backup is kept from before.
    </Notice>
  ) : (
    <Notice tone="warn" title="The earlier key still opens these copies">
      <p>{STILL_READ}</p>
      <ul>
        {backups.map(({ id, kind, startedAt, expiresAt }) => (
          <li key={id}>
            {BACKUP_KINDS[kind]}, begun <When at={startedAt} />, kept until <When at={expiresAt} />
          </li>
        ))}
      </ul>
    </Notice>
  )
