import { describe, expect, it } from 'vitest'
import { firstSegments, isWindowed, segmentsOf, usualOf, withKept } from './windowing.ts'

const placed = (...indexes: number[]) =>
  indexes.map((index) => ({ index, start: index * 40, end: (index + 1) * 40 }))

describe('a long list', () => {
  it('is drawn in part, a short or a printed one as a whole', () => {
    expect(isWindowed(50, false)).toBe(false)
    expect(isWindowed(10_000, false)).toBe(true)
    expect(isWindowed(10_000, true)).toBe(false)
  })

  it('is as long as all its rows, wherever those stand that are drawn', () => {
    for (const rows of [[0, 1, 2], [40, 41, 42], [3, 40, 41, 99], [99], []]) {
      const segments = segmentsOf(placed(...rows), 4000)
      const height = segments.reduce((sum, one) => sum + (one.kind === 'gap' ? one.height : 40), 0)
      expect(height).toBe(4000)
      expect(segments.filter(({ kind }) => kind === 'row')).toHaveLength(rows.length)
    }
  })

  it('has no gap between neighbours, and none around a list that is drawn whole', () => {
    expect(segmentsOf(placed(0, 1, 2), 120).map(({ kind }) => kind)).toEqual(['row', 'row', 'row'])
    expect(segmentsOf(placed(5, 6), 400).map(({ kind }) => kind)).toEqual(['gap', 'row', 'row', 'gap'])
  })

  it('is drawn in part from the first moment, and holds the room of the rest', () => {
    const segments = firstSegments(10_000, 40)
    expect(segments.filter(({ kind }) => kind === 'row').length).toBeLessThan(100)
    expect(segments.at(-1)).toMatchObject({ kind: 'gap', height: (10_000 - segments.length + 1) * 40 })
    expect(firstSegments(3, 40)).toHaveLength(3)
  })

  it('expects of rows that it has not seen what most of the others are', () => {
    expect(usualOf([35, 35, 54, 35, 35, 73, 35, 35, 35])).toBe(35)
    expect(usualOf([35, 35])).toBeNull()
  })

  it('keeps the row with the focus and the open one, once each and in their order', () => {
    expect(withKept([10, 11, 12], [2, 11, 40], 50)).toEqual([2, 10, 11, 12, 40])
    expect(withKept([10, 11], [-1, 50], 50)).toEqual([10, 11])
  })
})
