import { useEffect, useRef } from 'react'

/**
 * What lies over the page, the topmost last. Escape closes what lies on top and nothing under it: Mantine's
 * layers each hear it for themselves, so here one listener hears it for all.
 */

interface Layer {
  readonly close: () => void
}

let layers: readonly Layer[] = []

type Key = Pick<KeyboardEvent, 'key' | 'isComposing' | 'target'>

/** A list that is open in a field closes by itself first, and says so on the field. */
const isTaken = ({ target }: Key): boolean =>
  target instanceof Element && target.getAttribute('data-mantine-stop-propagation') === 'true'

const onKey = (event: Key): void => {
  if (event.key === 'Escape' && !event.isComposing && !isTaken(event)) layers.at(-1)?.close()
}

/** Puts a layer on top; the function that comes back takes it away, wherever it lies by then. */
export const putOnTop = (layer: Layer): (() => void) => {
  if (layers.length === 0) window.addEventListener('keydown', onKey, { capture: true })
  layers = [...layers, layer]
  return () => {
    layers = layers.filter((one) => one !== layer)
    if (layers.length === 0) window.removeEventListener('keydown', onKey, { capture: true })
  }
}

/** Has Escape call `close` while this is open and nothing lies over it. */
export const useEscape = (opened: boolean, close: () => void): void => {
  const latest = useRef(close)
  latest.current = close
  useEffect(() => (opened ? putOnTop({ close: () => latest.current() }) : undefined), [opened])
}
