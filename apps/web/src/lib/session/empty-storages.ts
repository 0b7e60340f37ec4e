import { SEEN_HEAD_KEY } from '../audit/seen-head.ts'
import { SINGLE_KEYS_KEY, SINGLE_KEYS_OFF, singleKeysAct } from '../keyboard/single-keys.ts'
import { readPreferences, TABLES_KEY } from '../table-preferences.ts'

/** Where a page can leave something behind; a browser may lack the last two. */
export interface Storages {
  readonly localStorage: Pick<Storage, 'getItem' | 'setItem' | 'clear'>
  readonly sessionStorage: Pick<Storage, 'clear'>
  readonly caches?: Pick<CacheStorage, 'keys' | 'delete'>
  readonly indexedDB?: Pick<IDBFactory, 'databases'> & { deleteDatabase(name: string): unknown }
}

/**
 * Leaves nothing in the browser's storages but the last tree head that it has seen, which is a size and a
 * hash, how its tables are looked at, which is keys of columns, and the one word by which shortcuts of single
 * keys are switched off: who needs that needs it before they have signed in. The console keeps nothing of a
 * patient in any of them; this is for what a later version, or an extension, might. Pages that are opened
 * afterwards keep where they were scrolled to.
 */
export const emptyStorages = async (storages: Storages): Promise<void> => {
  const { localStorage, sessionStorage, caches, indexedDB } = storages
  const seen = localStorage.getItem(SEEN_HEAD_KEY)
  const tables = localStorage.getItem(TABLES_KEY)
  const keysAct = singleKeysAct(localStorage)
  localStorage.clear()
  if (seen !== null) localStorage.setItem(SEEN_HEAD_KEY, seen)
  if (tables !== null) localStorage.setItem(TABLES_KEY, JSON.stringify(readPreferences(tables)))
  if (!keysAct) localStorage.setItem(SINGLE_KEYS_KEY, SINGLE_KEYS_OFF)
  sessionStorage.clear()
  // What can't be listed was never made by this page: signing out goes on.
  for (const name of (await caches?.keys().catch(() => [])) ?? []) await caches?.delete(name)
  for (const { name } of (await indexedDB?.databases().catch(() => [])) ?? [])
    if (name !== undefined) indexedDB?.deleteDatabase(name)
}
