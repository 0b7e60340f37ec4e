import { describe, expect, it } from 'vitest'
import { recallHead, rememberHead } from '../audit/checkpoint-memory.ts'
import { setSingleKeys } from '../keyboard/single-keys.ts'
import { emptyStorages, type Storages } from './empty-storages.ts'

const memory = () => {
  const values = new Map<string, string>()
  return {
    values,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
    clear: () => values.clear(),
  }
}

const head = { size: 5, root: new Uint8Array(32) }

/** Storages in which something of a patient has been left. */
const planted = () => {
  const [local, session] = [memory(), memory()]
  for (const store of [local, session]) store.setItem('draft', 'a patient')
  const left = new Set(['a cache', 'a database'])
  const caches: Storages['caches'] = {
    keys: async () => [...left].filter((name) => name === 'a cache'),
    delete: async (name) => left.delete(name),
  }
  const indexedDB = {
    databases: async () =>
      [...left].filter((name) => name === 'a database').map((name) => ({ name, version: 1 })),
    deleteDatabase: (name: string) => left.delete(name),
  }
  return {
    local,
    session,
    left,
    storages: { localStorage: local, sessionStorage: session, caches, indexedDB },
  }
}

describe('signing out', () => {
  it('leaves nothing in any storage but the last tree head that the browser has seen', async () => {
    const { local, session, left, storages } = planted()
    rememberHead(local, head)
    await emptyStorages(storages)
    expect([...local.values.keys()]).toEqual(['chartward-seen-head'])
    expect(recallHead(local)).toMatchObject({ size: 5 })
    expect(session.values.size).toBe(0)
    expect(left.size).toBe(0)
  })

  it('leaves how tables are looked at, and nothing else under its name', async () => {
    const { local, storages } = planted()
    const chosen = { compact: true, hidden: { audit: ['ip'] } }
    local.setItem('chartward-tables', JSON.stringify({ ...chosen, patient: 'a patient' }))
    await emptyStorages(storages)
    expect([...local.values]).toEqual([['chartward-tables', JSON.stringify(chosen)]])
    local.setItem('chartward-tables', 'a patient')
    await emptyStorages(storages)
    expect([...local.values.values()].join()).not.toContain('patient')
  })

  it('leaves single keys switched off where they were, by a word that says nothing else', async () => {
    const { local, storages } = planted()
    setSingleKeys(local, false)
    await emptyStorages(storages)
    expect([...local.values]).toEqual([['chartward-single-keys', 'off']])
    local.setItem('chartward-single-keys', 'a patient')
    await emptyStorages(storages)
    expect([...local.values]).toEqual([])
  })

  it('leaves nothing at all where no head was seen, also in a browser that has fewer storages', async () => {
    const { local, session } = planted()
    await emptyStorages({ localStorage: local, sessionStorage: session })
    expect([...local.values, ...session.values]).toEqual([])
  })
})
