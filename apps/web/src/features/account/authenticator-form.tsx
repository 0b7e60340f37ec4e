import { addAuthenticatorInput } from '@chartward/contract'
import { useQuery } from '@tanstack/react-query'
import { CodeField } from '../../components/code-field.tsx'
import { DialogForm } from '../../components/dialog-form.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { QrCode } from '../../components/qr-code.tsx'
import { notify } from '../../lib/notify.ts'
import { client, type Inputs, type Outputs } from '../../lib/trpc.ts'
import { useAct } from '../../lib/use-act.ts'
import { useContractForm } from '../../lib/use-contract-form.ts'
import classes from './account.module.css'

interface Props {
  onClose: () => void
  refresh: readonly { queryKey: readonly unknown[] }[]
}

/** Another authenticator app: its secret, shown once, and a code of it. */
export const AuthenticatorForm = (props: Props) => {
  // Each start makes a new secret, and the one on screen has to be the last: it is asked for once.
  const answer = useQuery({
    queryKey: ['authenticator-begun'],
    queryFn: () => client.factors.startAuthenticator.mutate(),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  })
  return (
    <Loaded answer={answer} height={260}>
      {(begun: Outputs['factors']['startAuthenticator']) => <ConfirmForm begun={begun} {...props} />}
    </Loaded>
  )
}

const ConfirmForm = ({
  begun,
  onClose,
  refresh,
}: Props & { begun: Outputs['factors']['startAuthenticator'] }) => {
  const { act, pending, failure } = useAct({
    mutationFn: (input: Inputs['factors']['addAuthenticator']) =>
      client.factors.addAuthenticator.mutate(input),
    refresh,
    onDone: () => {
      onClose()
      notify({ message: 'The authenticator app is added. Remove the one that you no longer have.' })
    },
  })
  const fields = useContractForm({
    schema: addAuthenticatorInput,
    start: { code: '' },
    input: ({ code }) => ({ code }),
    says: { code: 'All six digits that the app shows.' },
    failure,
    keep: false,
  })
  return (
    <DialogForm confirm="Add it" fields={fields} pending={pending} onSubmit={act}>
      <div className={classes.secret}>
        <QrCode text={begun.otpauthUri} label="QR code with the secret for your authenticator app" />
        <div>
          <p>Scan the square with the app. No camera? Type this secret into it:</p>
          <code>{begun.secret.match(/.{1,4}/g)?.join(' ')}</code>
        </div>
      </div>
      <CodeField {...fields.field('code')} />
    </DialogForm>
  )
}
