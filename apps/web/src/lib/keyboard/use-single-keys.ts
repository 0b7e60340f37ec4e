import { useSyncExternalStore } from 'react'
import { onSingleKeys, setSingleKeys, singleKeysAct } from './single-keys.ts'

/** Whether single keys act here, and how to switch that. */
export const useSingleKeys = (): readonly [boolean, (act: boolean) => void] => [
  useSyncExternalStore(onSingleKeys, () => singleKeysAct(localStorage)),
  (act) => setSingleKeys(localStorage, act),
]
