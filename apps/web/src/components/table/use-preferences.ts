import { useSyncExternalStore } from 'react'
import { readPreferences, TABLES_KEY, type TablePreferences } from '../../lib/table-preferences.ts'

let kept: TablePreferences | null = null
const listeners = new Set<() => void>()

const read = (): TablePreferences => {
  kept ??= readPreferences(localStorage.getItem(TABLES_KEY))
  return kept
}

const tell = () => {
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  // Changed in another tab of this browser.
  const onStorage = ({ key }: StorageEvent) => {
    if (key !== null && key !== TABLES_KEY) return
    kept = null
    listener()
  }
  listeners.add(listener)
  addEventListener('storage', onStorage)
  return () => {
    listeners.delete(listener)
    removeEventListener('storage', onStorage)
  }
}

const write = (next: TablePreferences) => {
  kept = next
  localStorage.setItem(TABLES_KEY, JSON.stringify(next))
  tell()
}

/** What this browser remembers of its tables, the same for all that are on a page. */
export const usePreferences = () => ({ preferences: useSyncExternalStore(subscribe, read), remember: write })
