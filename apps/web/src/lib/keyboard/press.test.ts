import { describe, expect, it } from 'vitest'
import { nameOf, type Press, spelled, step } from './press.ts'

const press = (key: string, held: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

const KNOWN = ['Mod+K', '/', '?', 'g o', 'g p', 'x']

describe('a press', () => {
  it('with the platform’s own modifier is one of the shortcuts that work everywhere', () => {
    expect(nameOf(press('k', { ctrlKey: true }), false)).toBe('Mod+K')
    expect(nameOf(press('k', { metaKey: true }), true)).toBe('Mod+K')
    // On a Mac, Ctrl-K deletes to the end of the line.
    expect(nameOf(press('k', { ctrlKey: true }), true)).toBeNull()
  })

  it('with Alt, both modifiers, or a key that writes nothing is left to the browser', () => {
    for (const left of [
      press('k', { altKey: true }),
      press('k', { ctrlKey: true, shiftKey: true }),
      press('p', { metaKey: true }),
      press('Enter'),
      press('ArrowDown'),
      press(' '),
    ])
      expect(nameOf(left, false)).toBeNull()
  })

  it('is named by what it writes, wherever that key is on the keyboard', () => {
    expect(nameOf(press('?', { shiftKey: true }), false)).toBe('?')
    expect(nameOf(press('/', { shiftKey: true }), false)).toBe('/')
  })
})

describe('presses after each other', () => {
  it('of two keys run what both mean', () => {
    expect(step(null, 'g', KNOWN)).toEqual({ run: null, waiting: 'g' })
    expect(step('g', 'p', KNOWN)).toEqual({ run: 'g p', waiting: null })
  })

  it('a second key that means nothing after the first stands for itself', () => {
    expect(step('g', 'x', KNOWN)).toEqual({ run: 'x', waiting: null })
    expect(step('g', 'g', KNOWN)).toEqual({ run: null, waiting: 'g' })
    expect(step('g', 'z', KNOWN)).toEqual({ run: null, waiting: null })
  })

  it('what nobody has declared does nothing', () => {
    expect(step(null, 'p', KNOWN)).toEqual({ run: null, waiting: null })
    expect(step(null, 'G', KNOWN)).toEqual({ run: null, waiting: null })
  })
})

it('keys are spelled as they stand on the keyboard', () => {
  expect(spelled('Mod+K', false)).toEqual(['Ctrl', 'K'])
  expect(spelled('Mod+K', true)).toEqual(['⌘', 'K'])
  expect(spelled('g p', false)).toEqual(['g', 'p'])
})
