import { Button, Group, Loader, Modal, Text } from '@mantine/core'
import { type ReactNode, Suspense, useMemo, useRef, useState } from 'react'
import { useTopmost } from '../lib/layers.ts'
import { LeaveContext } from './leave-context.ts'

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
  const topmost = useTopmost(opened)
  const [asking, setAsking] = useState(false)
  const typed = useRef<(() => boolean) | null>(null)
  const leave = () => (typed.current?.() === true ? setAsking(true) : onClose())
  const latest = useRef(leave)
  latest.current = leave
  const ways = useMemo(
    () => ({
      leave: () => latest.current(),
      askBefore: (probe: () => boolean) => {
        typed.current = probe
        return () => {
          typed.current = null
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
        closeOnEscape={topmost}
        closeButtonProps={{ 'aria-label': close }}
      >
        <LeaveContext value={ways}>
          <Suspense fallback={<Loading />}>{children}</Suspense>
        </LeaveContext>
      </Modal>
      <DiscardQuestion
        opened={opened && asking}
        zIndex={(modal.zIndex ?? 200) + 50}
        onStay={() => setAsking(false)}
        onDiscard={() => {
          setAsking(false)
          onClose()
        }}
      />
    </>
  )
}

/** Holds the focus for the form that comes: on the button that closes it would be one keypress from gone. */
const Loading = () => (
  <div tabIndex={-1} data-autofocus style={{ minHeight: 180 }}>
    <Loader size="sm" aria-label="Loading" />
  </div>
)

interface QuestionProps {
  opened: boolean
  zIndex: number
  onStay: () => void
  onDiscard: () => void
}

const DiscardQuestion = ({ opened, zIndex, onStay, onDiscard }: QuestionProps) => (
  <Modal
    opened={opened}
    onClose={onStay}
    closeOnEscape={useTopmost(opened)}
    title="Discard what you typed?"
    size="xs"
    zIndex={zIndex}
    withCloseButton={false}
  >
    <Text size="sm">It has not been sent, and is kept nowhere else.</Text>
    <Group justify="flex-end" gap="xs" mt="md">
      <Button variant="default" color="red" onClick={onDiscard}>
        Discard
      </Button>
      <Button data-autofocus onClick={onStay}>
        Keep typing
      </Button>
    </Group>
  </Modal>
)
