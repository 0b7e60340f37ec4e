import { useEffect, useState, useSyncExternalStore } from 'react'

/**
 * What lies over the page, the topmost last. Escape is heard by the whole window: it closes what lies on top,
 * and what lies under that stays.
 */

let layers: readonly symbol[] = []
const listeners = new Set<() => void>()

const set = (next: readonly symbol[]) => {
  layers = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Puts a layer on top; the function that comes back takes it away, wherever it lies by then. */
export const putOnTop = (layer: symbol): (() => void) => {
  set([...layers, layer])
  return () => set(layers.filter((one) => one !== layer))
}

export const isTopmost = (layer: symbol): boolean => layers.at(-1) === layer

/** Whether the layer that this component draws is the topmost of those that are open. */
export const useTopmost = (opened: boolean): boolean => {
  const [layer] = useState(() => Symbol('layer'))
  useEffect(() => (opened ? putOnTop(layer) : undefined), [opened, layer])
  return useSyncExternalStore(subscribe, () => isTopmost(layer))
}
