import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props {
  opened: boolean
  onClose: () => void
  title: string
  /** What the close button says. */
  close?: string
  size?: 'sm' | 'md' | 'lg'
  zIndex?: number
  /** Mounted while the dialog is open, so that what was typed is gone when it closes. */
  children: ReactNode
}

export const Dialog = ({ close = 'Close', ...modal }: Props) => (
  <Modal {...modal} closeButtonProps={{ 'aria-label': close }} />
)
