import { Button } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { ActDialog } from '../../../components/act-dialog.tsx'
import { notify } from '../../../lib/notify.ts'
import { useAct } from '../../../lib/use-act.ts'

interface Props<Output> {
  children: ReactNode
  title: string
  confirm: string
  /** What follows of it, said before it is done. */
  consequence: string
  isDestructive?: boolean
  act: (reason: string) => Promise<Output>
  refresh: readonly { queryKey: readonly unknown[] }[]
  /** What is said once it was done. */
  said: string
  onDone?: (output: Output) => void
}

/** A button for an act on a patient, with the dialog that says what it means and asks for the reason. */
export const ActButton = <Output,>({
  children,
  title,
  confirm,
  consequence,
  isDestructive = false,
  act: mutationFn,
  refresh,
  said,
  onDone,
}: Props<Output>) => {
  const [isAsking, setAsking] = useState(false)
  const { act, pending, failure } = useAct({
    mutationFn,
    refresh,
    onDone: (output: Output) => {
      notify({ message: said })
      setAsking(false)
      onDone?.(output)
    },
  })
  const look = isDestructive ? { color: 'red', variant: 'light' } : { variant: 'default' }
  return (
    <>
      <div>
        <Button {...look} onClick={() => setAsking(true)}>
          {children}
        </Button>
      </div>
      <ActDialog
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={title}
        destructive={isDestructive}
        confirm={confirm}
        consequence={consequence}
        pending={pending}
        failure={failure}
        onConfirm={act}
      />
    </>
  )
}
