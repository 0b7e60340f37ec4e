import { Drawer as Side } from '@mantine/core'
import type { ReactNode } from 'react'
import { useEscape } from '../lib/layers.ts'
import { DrawerSteps } from './drawer-steps.tsx'
import { type Answer, Loaded } from './loaded.tsx'
import type { Steps } from './steps.ts'

interface Props<Data> {
  opened: boolean
  onClose: () => void
  title: string
  /** What the close button says: "Close the record". */
  close: string
  answer: Answer<Data>
  height: number
  /** What stands before and after it in the list that it was opened from. */
  steps?: Steps
  children: (data: Data) => ReactNode
}

/** One thing in full, beside the page it was opened from; the focus goes back there when it closes. */
export const Drawer = <Data,>({ opened, onClose, title, close, answer, steps, ...content }: Props<Data>) => {
  useEscape(opened, onClose)
  // Read here: a query tells of changes in what was read of it, and the content is mounted a moment later.
  const { data, error, refetch } = answer
  return (
    <Side
      opened={opened}
      onClose={onClose}
      closeOnEscape={false}
      position="right"
      size="lg"
      title={title}
      closeButtonProps={{ 'aria-label': close }}
    >
      {steps === undefined ? null : <DrawerSteps {...steps} />}
      <Loaded answer={{ data, error, refetch }} {...content} />
    </Side>
  )
}
