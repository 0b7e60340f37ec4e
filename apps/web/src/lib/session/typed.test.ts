import { describe, expect, it } from 'vitest'
import { isAnythingTyped, noteForm } from './typed.ts'

describe('what has been typed and not sent', () => {
  it('is asked of each form that is open, and of none that has gone', () => {
    let typed = false
    const forget = noteForm(() => typed)
    const forgetOther = noteForm(() => false)
    expect(isAnythingTyped()).toBe(false)
    typed = true
    expect(isAnythingTyped()).toBe(true)
    forget()
    expect(isAnythingTyped()).toBe(false)
    forgetOther()
  })
})
