import { describe, expect, it } from 'vitest'
import { ALONE, neighboursOf } from './neighbours.ts'

const rows = ['a', 'b', 'c'].map((id) => ({ id }))
const keys = rows.map(({ id }) => id)

describe('the neighbours of an open row', () => {
  it('are the rows before and after it, and at either end there is none', () => {
    const [a, b, c] = rows
    expect(neighboursOf(rows, keys, 'b', false)).toEqual({
      previous: a,
      next: c,
      place: { at: 2, of: 3, more: false },
    })
    expect(neighboursOf(rows, keys, 'a', true)).toMatchObject({
      previous: null,
      next: b,
      place: { more: true },
    })
    expect(neighboursOf(rows, keys, 'c', true)).toMatchObject({ previous: b, next: null })
  })

  it('are none where nothing is open, or what is open is not in the list', () => {
    expect(neighboursOf(rows, keys, undefined, false)).toBe(ALONE)
    expect(neighboursOf(rows, keys, 'elsewhere', false)).toBe(ALONE)
    expect(neighboursOf([], [], 'a', false)).toBe(ALONE)
  })
})
