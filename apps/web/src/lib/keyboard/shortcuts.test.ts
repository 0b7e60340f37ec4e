import { describe, expect, it } from 'vitest'
import { acting, addShortcuts, isSingle, onShortcuts, shortcutsNow } from './shortcuts.ts'

const shortcut = (keys: string, label = keys) =>
  ({ keys, label, group: 'Everywhere', run: () => undefined }) as const

describe('the shortcuts', () => {
  it('act from when they are added until they are taken away, and whoever lists them is told', () => {
    let told = 0
    const stop = onShortcuts(() => {
      told += 1
    })
    const remove = addShortcuts([shortcut('a'), shortcut('b')])
    expect(shortcutsNow().map(({ keys }) => keys)).toEqual(['a', 'b'])
    expect(shortcutsNow()).toBe(shortcutsNow())
    remove()
    expect(shortcutsNow()).toEqual([])
    expect(told).toBe(2)
    stop()
  })

  it('of the same keys the later one acts, and the earlier one again when that is gone', () => {
    const removeFirst = addShortcuts([shortcut('/', 'first')])
    const removeSecond = addShortcuts([shortcut('/', 'second')])
    expect(acting(shortcutsNow()).map(({ label }) => label)).toEqual(['second'])
    removeSecond()
    expect(acting(shortcutsNow()).map(({ label }) => label)).toEqual(['first'])
    removeFirst()
  })

  it('without a modifier can be switched off', () => {
    expect([shortcut('/'), shortcut('g p'), shortcut('Mod+K')].map(isSingle)).toEqual([true, true, false])
  })
})
