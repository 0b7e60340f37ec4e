import { type RefCallback, useCallback, useEffect, useSyncExternalStore } from 'react'
import { acting, addShortcuts, onShortcuts, type Shortcut, shortcutsNow } from './shortcuts.ts'

/** They act as long as the component is shown. The list has to be the same one until it changes. */
export const useShortcuts = (shortcuts: readonly Shortcut[]): void =>
  useEffect(() => addShortcuts(shortcuts), [shortcuts])

/** What acts at present, for a list of it. */
export const useActingShortcuts = (): readonly Shortcut[] =>
  acting(useSyncExternalStore(onShortcuts, shortcutsNow))

/** The `ref` of the field in which the page is searched: `/` goes there. */
export const useSearchKey = (): RefCallback<HTMLInputElement> =>
  useCallback((field: HTMLInputElement | null) => {
    if (field === null) return
    return addShortcuts([
      {
        keys: '/',
        label: 'Search on this page',
        group: 'On this page',
        run: () => {
          field.focus()
          field.select()
        },
      },
    ])
  }, [])
