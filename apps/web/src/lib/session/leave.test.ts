import { afterEach, describe, expect, it, vi } from 'vitest'

/** A page that notes where it is sent; the module keeps that it is leaving, so each test takes it anew. */
const openPage = async () => {
  const sentTo: string[] = []
  const storage = { getItem: () => null, setItem: () => undefined, clear: () => cleared.push('storage') }
  const cleared: string[] = []
  vi.stubGlobal('window', {
    localStorage: storage,
    sessionStorage: storage,
    addEventListener: () => undefined,
    location: { pathname: '/users', search: '', replace: (url: string) => sentTo.push(url) },
  })
  const marks: string[] = []
  vi.stubGlobal('document', {
    documentElement: {
      toggleAttribute: (name: string, on: boolean) => (on ? marks.push(name) : marks.splice(0)),
    },
  })
  vi.resetModules()
  const [leave, held, typed] = await Promise.all([
    import('./leave.ts'),
    import('./held.ts'),
    import('./typed.ts'),
  ])
  return { sentTo, cleared, marks, ...leave, ...held, ...typed }
}

afterEach(() => vi.unstubAllGlobals())

describe('leaving for sign-in', () => {
  it('a page is left once, for the first reason, with the way back', async () => {
    const { sentTo, marks, leaveForSignIn } = await openPage()
    leaveForSignIn('idle')
    leaveForSignIn()
    expect(marks).toEqual(['data-leaving'])
    expect(sentTo).toEqual(['/sign-in?reason=idle&next=%2Fusers'])
  })

  it('whoever signs out is told that, also where a poll finds the session gone before the answer is there', async () => {
    const { sentTo, cleared, leaveBySigningOut, leaveForSignIn } = await openPage()
    await leaveBySigningOut(async () => leaveForSignIn('idle'))
    expect(sentTo).toEqual(['/sign-in?reason=signed-out'])
    expect(cleared).toEqual(['storage', 'storage'])
  })

  it('a sign-out that failed leaves the page open, and the next lost session leaves it', async () => {
    const { sentTo, leaveBySigningOut, leaveForSignIn } = await openPage()
    await expect(leaveBySigningOut(() => Promise.reject(new Error('unreachable')))).rejects.toThrow(
      'unreachable',
    )
    expect(sentTo).toEqual([])
    leaveForSignIn()
    expect(sentTo).toHaveLength(1)
  })
})

describe('a session that ends under something typed', () => {
  it('holds the page out of sight instead of leaving it, however often that is learnt', async () => {
    const { sentTo, marks, noteForm, leaveForSignIn, isHeld } = await openPage()
    noteForm(() => true)
    leaveForSignIn('idle')
    leaveForSignIn()
    expect([isHeld(), sentTo, marks]).toEqual([true, [], ['data-session-ended']])
  })

  it('gives the page back to nobody but the person, and to nobody half signed in', async () => {
    const { whoIsBack } = await openPage()
    const full = { stage: 'full', user: { id: 'ann' } } as Parameters<typeof whoIsBack>[0]
    expect(whoIsBack(full, 'ann')).toBe('same')
    expect(whoIsBack(full, 'bea')).toBe('another')
    expect(whoIsBack({ stage: 'none', mail: false }, 'ann')).toBe('nobody')
    expect(whoIsBack({ stage: 'factor', displayName: 'Ann' }, 'ann')).toBe('nobody')
  })

  it('shows it again, and hides it anew the next time', async () => {
    const { marks, noteForm, leaveForSignIn, letPageGo, isHeld } = await openPage()
    noteForm(() => true)
    leaveForSignIn()
    letPageGo()
    expect([isHeld(), marks]).toEqual([false, []])
    leaveForSignIn()
    expect(isHeld()).toBe(true)
  })

  it('keeps nothing for whoever signs out', async () => {
    const { sentTo, noteForm, leaveBySigningOut, isHeld } = await openPage()
    noteForm(() => true)
    await leaveBySigningOut(async () => undefined)
    expect([isHeld(), sentTo]).toEqual([false, ['/sign-in?reason=signed-out']])
  })
})
