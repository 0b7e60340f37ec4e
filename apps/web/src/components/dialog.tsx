import { Button, Group, Loader, Modal, Text } from '@mantine/core'
import { type ReactNode, Suspense, useMemo, useRef, useState } from 'react'
import { useEscape } from '../lib/layers.ts'
import { type Asked, LeaveContext } from './leave-context.ts'

interface Props {
  opened: boolean
  onClose: () => void
  title: string
  /** What the close button says. */
  close?: string
  size?: 'sm' | 'md' | 'lg'
  zIndex?: number
  /** Mounted while the dialog is open, so that what was typed is gone when it closes. May load by then. */
  children: ReactNode
}

/**
 * A dialog. Closed with something typed in it and not sent, by whatever way, it asks first; Escape closes the
 * topmost alone.
 */
export const Dialog = ({ close = 'Close', opened, onClose, children, ...modal }: Props) => {
  const [asking, setAsking] = useState(false)
  const form = useRef<Asked | null>(null)
  const leave = () => (form.current?.typed() === true ? setAsking(true) : onClose())
  useEscape(opened, leave)
  const latest = useRef(leave)
  latest.current = leave
  const ways = useMemo(
    () => ({
      leave: () => latest.current(),
      askBefore: (asked: Asked) => {
        form.current = asked
        return () => {
          form.current = null
        }
      },
    }),
    [],
  )
  return (
    <>
      <Modal
        {...modal}
        opened={opened}
        onClose={leave}
        closeOnEscape={false}
        closeButtonProps={{ 'aria-label': close }}
      >
        <LeaveContext value={ways}>
          <Suspense fallback={<Loading />}>{children}</Suspense>
        </LeaveContext>
      </Modal>
      {opened && asking ? (
        <DiscardQuestion
          zIndex={(modal.zIndex ?? 200) + 50}
          onStay={() => {
            setAsking(false)
            // Once the question is gone, which holds the focus.
            setTimeout(() => form.current?.goBack())
          }}
          onDiscard={() => {
            setAsking(false)
            onClose()
          }}
        />
      ) : null}
    </>
  )
}

/** Holds the focus for the form that comes: on the button that closes it would be one keypress from gone. */
const Loading = () => (
  <div tabIndex={-1} data-autofocus style={{ minHeight: 180 }}>
    <Loader size="sm" role="status" aria-label="Loading" />
  </div>
)

type QuestionProps = { zIndex: number; onStay: () => void; onDiscard: () => void }

const DiscardQuestion = ({ zIndex, onStay, onDiscard }: QuestionProps) => {
  useEscape(true, onStay)
  return (
    <Modal
      opened
      onClose={onStay}
      closeOnEscape={false}
      title="Discard what you typed?"
      size="xs"
      zIndex={zIndex}
      withCloseButton={false}
    >
      <Text size="sm">It has not been sent, and is kept nowhere else.</Text>
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onDiscard}>
          Discard
        </Button>
        <Button data-autofocus onClick={onStay}>
          Keep typing
        </Button>
      </Group>
    </Modal>
  )
}
