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
  vi.stubGlobal('document', { documentElement: { toggleAttribute: (name: string) => marks.push(name) } })
  vi.resetModules()
  return { sentTo, cleared, marks, ...(await import('./leave.ts')) }
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
