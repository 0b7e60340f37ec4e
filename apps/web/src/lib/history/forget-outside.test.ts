import { describe, expect, it } from 'vitest'
import { type Arrivals, forgetOutside } from './forget-outside.ts'

const world = () => {
  const listeners = new Set<Parameters<Arrivals['subscribe']>[1]>()
  const router: Arrivals = {
    subscribe: (_, listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
  const window = new EventTarget()
  let forgotten = 0
  forgetOutside(router, window, ['/patients'], () => {
    forgotten += 1
  })
  return {
    go: (pathname: string) => {
      for (const listener of [...listeners]) listener({ toLocation: { pathname } })
      return forgotten
    },
    leave: () => {
      window.dispatchEvent(new Event('pagehide'))
      return forgotten
    },
  }
}

describe('what is kept among patients', () => {
  it('is kept on the list and in charts', () => {
    const { go } = world()
    expect(go('/patients/0193521b-7c00-7aaa-8aaa-00000000abcd')).toBe(0)
    expect(go('/patients')).toBe(0)
  })

  it.each(['/', '/audit', '/patients-elsewhere'])('is forgotten on %s, once', (path) => {
    const { go, leave } = world()
    expect(go(path)).toBe(1)
    expect(go(path)).toBe(1)
    expect(leave()).toBe(1)
  })

  it('is forgotten when the console is left', () => {
    const { leave, go } = world()
    expect(leave()).toBe(1)
    expect(go('/')).toBe(1)
  })
})
