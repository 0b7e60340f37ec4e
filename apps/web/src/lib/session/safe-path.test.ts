import { describe, expect, it } from 'vitest'
import { safePath } from './safe-path.ts'

describe('where sign-in goes on to', () => {
  it('is a path of this console', () => {
    expect(safePath('/audit?outcome=refused')).toBe('/audit?outcome=refused')
    expect(safePath(null)).toBe('/')
  })
  it.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    '',
    'audit',
    '/\t/evil.example',
  ])('is never another origin: %s', (wanted) => {
    const path = safePath(wanted)
    expect(new URL(path, 'https://console.example').origin).toBe('https://console.example')
    expect(path.startsWith('/')).toBe(true)
  })
  it('is never the sign-in page again', () => {
    expect(safePath('/sign-in?next=/')).toBe('/')
    for (const path of ['/invitation', '/reset', '/address']) expect(safePath(path)).toBe('/')
  })
  it('loses its fragment, which may hold a token', () => expect(safePath('/users#secret')).toBe('/users'))
})
