import { Group, Stack } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'

/**
 * What came of a form, in its place. It takes the focus, which the form has taken away with it, and is heard
 * by that; `ways` are the ways on.
 */
export const DialogOutcome = ({ children, ways }: { children: ReactNode; ways: ReactNode }) => {
  const outcome = useRef<HTMLDivElement>(null)
  useEffect(() => outcome.current?.focus(), [])
  return (
    <Stack gap="md" ref={outcome} tabIndex={-1} data-autofocus style={{ outline: 'none' }}>
      {children}
      <Group justify="flex-end" gap="xs">
        {ways}
      </Group>
    </Stack>
  )
}
