import { describe, expect, it } from 'vitest'
import { isTopmost, putOnTop } from './layers.ts'

describe('what lies over the page', () => {
  it('is closed from the top: one that opened later goes before, and the one under it is next', () => {
    const [dialog, code] = [Symbol('dialog'), Symbol('code')]
    const closeDialog = putOnTop(dialog)
    const closeCode = putOnTop(code)
    expect([isTopmost(dialog), isTopmost(code)]).toEqual([false, true])
    closeCode()
    expect(isTopmost(dialog)).toBe(true)
    closeDialog()
    expect(isTopmost(dialog)).toBe(false)
  })

  it('that is closed under another leaves that one on top', () => {
    const [under, over] = [Symbol('under'), Symbol('over')]
    const closeUnder = putOnTop(under)
    const closeOver = putOnTop(over)
    closeUnder()
    expect(isTopmost(over)).toBe(true)
    closeOver()
  })
})
