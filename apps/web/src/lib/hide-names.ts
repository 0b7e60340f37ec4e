import { useSyncExternalStore } from 'react'

/**
 * Whether names are hidden on this screen: where others can see it, a list of patients tells them who is
 * here. One word in local storage, and nothing of anybody; it goes when the person signs out.
 */

const KEY = 'chartward-hide-names'
const listeners = new Set<() => void>()

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener)
  // Another tab of this browser stands on the same screen.
  addEventListener('storage', listener)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', listener)
  }
}

const areHidden = (): boolean => localStorage.getItem(KEY) === 'yes'

export const useNamesHidden = (): boolean => useSyncExternalStore(subscribe, areHidden, () => false)

export const hideNames = (hidden: boolean): void => {
  if (hidden) localStorage.setItem(KEY, 'yes')
  else localStorage.removeItem(KEY)
  for (const listener of listeners) listener()
}
