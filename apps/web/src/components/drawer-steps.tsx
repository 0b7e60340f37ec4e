import { ActionIcon } from '@mantine/core'
import { useMergedRef } from '@mantine/hooks'
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react'
import { type Ref, useEffect, useRef } from 'react'
import { formatCount } from '../lib/format.ts'
import classes from './drawer-steps.module.css'
import type { Neighbours } from './table/neighbours.ts'
import { useHint } from './use-hint.tsx'

/** The ways from what a drawer shows to what stands before and after it in its list. */
export interface Steps {
  readonly previous: (() => void) | null
  readonly next: (() => void) | null
  /** Where in the list it stands, in words; null where it is not in it, and then there is no way. */
  readonly place: string | null
}

export const stepsOf = <Row,>(
  { previous, next, place }: Neighbours<Row>,
  goTo: (row: Row) => void,
): Steps => ({
  previous: previous === null ? null : () => goTo(previous),
  next: next === null ? null : () => goTo(next),
  place:
    place === null
      ? null
      : `${formatCount(place.at)} of ${formatCount(place.of)}${place.more ? ' loaded' : ''}`,
})

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
