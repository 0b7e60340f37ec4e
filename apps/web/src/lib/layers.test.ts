import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { putOnTop } from './layers.ts'

type Listener = (event: { key: string; isComposing: boolean; target: unknown }) => void

class FakeElement {
  readonly #open: boolean
  constructor(open: boolean) {
    this.#open = open
  }
  getAttribute(): string | null {
    return this.#open ? 'true' : null
  }
}

let listeners: Listener[] = []
const press = (key = 'Escape', { isComposing = false, listOpen = false } = {}) => {
  for (const listener of listeners) listener({ key, isComposing, target: new FakeElement(listOpen) })
}

beforeEach(() => {
  listeners = []
  vi.stubGlobal('Element', FakeElement)
  vi.stubGlobal('window', {
    addEventListener: (_: string, listener: Listener) => listeners.push(listener),
    removeEventListener: (_: string, listener: Listener) => {
      listeners = listeners.filter((one) => one !== listener)
    },
  })
})
afterEach(() => vi.unstubAllGlobals())

describe('what lies over the page', () => {
  it('is closed from the top, one by each Escape', () => {
    const closed: string[] = []
    const takeAway: (() => void)[] = []
    for (const name of ['dialog', 'code', 'question'])
      takeAway.push(
        putOnTop({
          close: () => {
            closed.push(name)
            takeAway.pop()?.()
          },
        }),
      )
    press()
    expect(closed).toEqual(['question'])
    press()
    press()
    expect(closed).toEqual(['question', 'code', 'dialog'])
    press()
    expect(closed).toHaveLength(3)
    expect(listeners).toEqual([])
  })

  it('that goes under another leaves that one on top', () => {
    const [under, over] = [vi.fn(), vi.fn()]
    const takeUnder = putOnTop({ close: under })
    const takeOver = putOnTop({ close: over })
    takeUnder()
    press()
    expect([under, over].map(({ mock }) => mock.calls.length)).toEqual([0, 1])
    takeOver()
  })

  it('stays for other keys, for letters that are being composed, and while a list is open in it', () => {
    const close = vi.fn()
    const takeAway = putOnTop({ close })
    press('Enter')
    press('Escape', { isComposing: true })
    press('Escape', { listOpen: true })
    expect(close).not.toHaveBeenCalled()
    takeAway()
  })
})
