import { ActionIcon } from '@mantine/core'
import { useMergedRef } from '@mantine/hooks'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { type Ref, useEffect, useRef } from 'react'
import classes from './drawer-steps.module.css'
import type { Steps } from './steps.ts'
import { useHint } from './use-hint.tsx'

/** What has a use of its own for the arrow keys. */
const ownArrows = 'input, textarea, select, [contenteditable], [role="tab"], [role="combobox"], [role="menu"]'

/** The row before and the row after, by button and by arrow key. */
export const DrawerSteps = ({ previous, next, place }: Steps) => {
  const first = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { key, target, repeat, defaultPrevented } = event
      if (defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
      if (key !== 'ArrowUp' && key !== 'ArrowDown') return
      if (target instanceof Element && target.closest(ownArrows) !== null) return
      event.preventDefault()
      // Each opening may be an entry of the log: a key that is held down opens no hundred of them.
      if (!repeat) (key === 'ArrowUp' ? previous : next)?.()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [previous, next])
  useEffect(() => {
    // What had the focus may have gone with the row that was shown before.
    if (place !== null && document.activeElement === document.body) first.current?.focus()
  }, [place])
  if (place === null) return null
  return (
    <div className={classes.steps}>
      <Step ref={first} label="Previous in the list" shortcut="ArrowUp" go={previous} />
      <Step label="Next in the list" shortcut="ArrowDown" go={next} />
      <output>{place}</output>
    </div>
  )
}

interface StepProps {
  ref?: Ref<HTMLButtonElement>
  label: string
  shortcut: 'ArrowUp' | 'ArrowDown'
  go: (() => void) | null
}

/** It stays a button at the end of the list, so that the focus on it stays there too. */
const Step = ({ ref, label, shortcut, go }: StepProps) => {
  const { hint, hinted } = useHint(`${label} (${shortcut === 'ArrowUp' ? 'arrow up' : 'arrow down'})`)
  return (
    <>
      <ActionIcon
        {...hinted}
        ref={useMergedRef(ref, hinted.ref)}
        variant="default"
        size="md"
        aria-label={label}
        aria-keyshortcuts={shortcut}
        aria-disabled={go === null}
        data-disabled={go === null}
        onClick={() => go?.()}
      >
        {shortcut === 'ArrowUp' ? <IconArrowUp size={16} /> : <IconArrowDown size={16} />}
      </ActionIcon>
      {hint}
    </>
  )
}
