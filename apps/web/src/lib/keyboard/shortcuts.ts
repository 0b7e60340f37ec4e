/**
 * Every shortcut that acts at present. What is not in here does nothing, and the list that a person can call
 * up is made of what is in here, so that it can't say anything else.
 */

export interface Shortcut {
  /** One key as the keyboard names it, two with a space between them, or `Mod+` and a key. */
  readonly keys: string
  readonly label: string
  readonly group: 'Everywhere' | 'On this page' | 'Go to'
  readonly run: () => void
}

let current: readonly Shortcut[] = []
const listeners = new Set<() => void>()

const change = (next: readonly Shortcut[]) => {
  current = next
  for (const listener of listeners) listener()
}

/** Adds them until the returned function is called. Of two with the same keys, the later one acts. */
export const addShortcuts = (added: readonly Shortcut[]): (() => void) => {
  change([...current, ...added])
  return () => change(current.filter((one) => !added.includes(one)))
}

/** What is added at present, the same array for as long as nothing changes. */
export const shortcutsNow = (): readonly Shortcut[] => current

/** Of these, the ones that act: the last of each combination of keys. */
export const acting = (all: readonly Shortcut[]): readonly Shortcut[] =>
  all.filter(({ keys }, place) => !all.slice(place + 1).some((later) => later.keys === keys))

export const onShortcuts = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether a shortcut acts without a modifier, and so can be switched off (WCAG 2.2, 2.1.4). */
export const isSingle = ({ keys }: Pick<Shortcut, 'keys'>): boolean => !keys.startsWith('Mod+')
