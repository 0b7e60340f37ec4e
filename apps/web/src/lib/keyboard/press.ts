/** What a key means, given the keys before it. Pure. */

/** As much of a keyboard event as is looked at. */
export interface Press {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** What a press is called in `Shortcut.keys`; null for one that is left to the browser. */
export const nameOf = ({ key, ctrlKey, metaKey, altKey, shiftKey }: Press, isMac: boolean): string | null => {
  if (altKey) return null
  const mod = isMac ? metaKey && !ctrlKey : ctrlKey && !metaKey
  if (mod) return shiftKey ? null : `Mod+${key.toUpperCase()}`
  return ctrlKey || metaKey || key.length !== 1 || key === ' ' ? null : key
}

interface Step {
  /** The keys of the shortcut to run. */
  readonly run: string | null
  /** The first key of two, waiting for the second. */
  readonly waiting: string | null
}

/** One press further: `waiting` is the key before it, if that was the first of two. */
export const step = (waiting: string | null, name: string, known: readonly string[]): Step => {
  const both = `${waiting} ${name}`
  if (waiting !== null && known.includes(both)) return { run: both, waiting: null }
  if (known.includes(name)) return { run: name, waiting: null }
  return { run: null, waiting: known.some((keys) => keys.startsWith(`${name} `)) ? name : null }
}

/** Keys as a person reads them, one string for each that is pressed. */
export const spelled = (keys: string, isMac: boolean): readonly string[] =>
  keys.startsWith('Mod+') ? [isMac ? '⌘' : 'Ctrl', keys.slice(4)] : keys.split(' ')
