import { passkeyMade, renamePasskeyInput } from '@chartward/contract'
import { TextInput } from '@mantine/core'
import * as z from 'zod/mini'
import { DialogForm } from '../../components/dialog-form.tsx'
import type { FactorRow } from '../../components/factor-columns.tsx'
import { FailureNotice } from '../../components/failure-notice.tsx'
import { deviceOf } from '../../lib/format.ts'
import { notify } from '../../lib/notify.ts'
import { makePasskey } from '../../lib/passkeys.ts'
import { client, type Inputs } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useContractForm } from '../../lib/use-contract-form.ts'

interface Props {
  onClose: () => void
  refresh: readonly { queryKey: readonly unknown[] }[]
}

const NAME = 'What you will know it by: the device that it is on.'
const named = z.pick(passkeyMade, { name: true })

/** The name first, then the browser's own dialog. */
export const AddPasskeyForm = ({ onClose, refresh }: Props) => {
  const { act, pending, failure } = useAct({
    mutationFn: async ({ name }: { name: string }) =>
      client.factors.addPasskey.mutate(await makePasskey(await client.factors.startPasskey.mutate(), name)),
    refresh,
    onDone: () => {
      onClose()
      notify({ message: 'The passkey is added: you can sign in with it now.' })
    },
  })
  const fields = useContractForm({
    schema: named,
    start: { name: deviceOf(navigator.userAgent) },
    input: ({ name }) => ({ name: name.trim() }),
    failure,
  })
  return (
    <DialogForm confirm="Go on" fields={fields} pending={pending} onSubmit={act}>
      <div>
        Your browser asks where to keep it: in this device, in another one, or on a security key. It asks for
        your fingerprint, face or PIN each time that it is used.
      </div>
      <TextInput label="Name" description={NAME} required withAsterisk={false} {...fields.field('name')} />
      {failure?.field === 'passkey' ? <FailureNotice failure={failure} /> : null}
    </DialogForm>
  )
}

export const RenamePasskeyForm = ({ row, onClose, refresh }: Props & { row: FactorRow }) => {
  const { act, pending, failure } = useAct({
    mutationFn: (input: Inputs['factors']['renamePasskey']) => client.factors.renamePasskey.mutate(input),
    refresh,
    onDone: onClose,
  })
  const fields = useContractForm({
    schema: renamePasskeyInput,
    start: { name: row.name },
    input: ({ name }) => ({ id: row.id, name: name.trim() }),
    failure,
  })
  return (
    <DialogForm confirm="Rename" fields={fields} pending={pending} onSubmit={act}>
      <TextInput label="Name" description={NAME} required withAsterisk={false} {...fields.field('name')} />
    </DialogForm>
  )
}
