import { describe, expect, it } from 'vitest'
import { answerTo, onTabs, type SessionNews, tellTabs } from './broadcast.ts'

const own = { userId: 'ann', sessionId: 'one' }

describe('the tabs of a browser', () => {
  it('hear what another of them tells, and nothing that is no news', async () => {
    const { promise, resolve } = Promise.withResolvers<SessionNews>()
    const stop = onTabs(resolve)
    const other = new BroadcastChannel('chartward-session')
    for (const noise of ['ended', null, { kind: 'other' }, { kind: 'began', userId: 1 }])
      other.postMessage(noise)
    tellTabs({ kind: 'began', userId: 'bea', sessionId: 'two' })
    expect(await promise).toEqual({ kind: 'began', userId: 'bea', sessionId: 'two' })
    other.close()
    stop()
  })

  it('leave what they show when the session has ended', () =>
    expect(answerTo({ kind: 'ended' }, own)).toBe('leave'))

  it('start over when somebody else has signed in', () =>
    expect(answerTo({ kind: 'began', userId: 'bea', sessionId: 'two' }, own)).toBe('start over'))

  it('stay with the same person, and ask what a new session of theirs allows', () => {
    expect(answerTo({ kind: 'began', ...own }, own)).toBe('stay')
    expect(answerTo({ kind: 'began', userId: 'ann', sessionId: 'two' }, own)).toBe('ask')
  })
})
