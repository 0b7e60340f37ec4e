/** Whether shortcuts of single keys act in this browser: they do unless the person has switched them off. */

export const SINGLE_KEYS_KEY = 'chartward-single-keys'
export const SINGLE_KEYS_OFF = 'off'

const listeners = new Set<() => void>()

export const singleKeysAct = (storage: Pick<Storage, 'getItem'>): boolean =>
  storage.getItem(SINGLE_KEYS_KEY) !== SINGLE_KEYS_OFF

export const setSingleKeys = (storage: Pick<Storage, 'setItem' | 'removeItem'>, act: boolean): void => {
  if (act) storage.removeItem(SINGLE_KEYS_KEY)
  else storage.setItem(SINGLE_KEYS_KEY, SINGLE_KEYS_OFF)
  for (const listener of listeners) listener()
}

export const onSingleKeys = (listener: () => void): (() => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
