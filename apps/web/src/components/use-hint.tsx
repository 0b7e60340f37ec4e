import { Tooltip } from '@mantine/core'
import { type KeyboardEvent, type PointerEvent, type SyntheticEvent, useRef, useState } from 'react'

/**
 * A tooltip that is made when it is first shown: until then a button costs no more than a button, however
 * many a page has. For what is said by the button's own name too, since no other name is given by it.
 */
export const useHint = (label: string) => {
  const target = useRef<HTMLButtonElement>(null)
  const [shown, setShown] = useState(false)
  const hide = () => setShown(false)
  return {
    hint: shown ? <Tooltip target={target} label={label} withArrow opened /> : null,
    hinted: {
      ref: target,
      onPointerEnter: ({ pointerType }: PointerEvent) => setShown(pointerType !== 'touch'),
      onPointerLeave: hide,
      onFocus: ({ currentTarget }: SyntheticEvent) => setShown(currentTarget.matches(':focus-visible')),
      onBlur: hide,
      onKeyDown: ({ key }: KeyboardEvent) => {
        if (key === 'Escape') hide()
      },
    },
  }
}
