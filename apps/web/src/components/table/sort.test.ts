import { describe, expect, it } from 'vitest'
import type { SortValue } from './column.ts'
import { compareValues, nextSort, sortingOf, sortOf, sortText } from './sort.ts'

const COLUMNS = [{ key: 'name', sort: () => '' }, { key: 'seen', sort: true }, { key: 'roles' }] as const

describe('a sort', () => {
  it('compares words as people do, and numbers by size', () => {
    const sorted = (values: SortValue[]) => values.toSorted(compareValues)
    expect(sorted(['Visit 10', 'visit 9', 'Ärzte', 'Zoe', 'arm'])).toEqual([
      'arm',
      'Ärzte',
      'visit 9',
      'Visit 10',
      'Zoe',
    ])
    expect(sorted([10, 9, 'a', -1])).toEqual([-1, 9, 10, 'a'])
  })

  it('is what a URL says, of columns that can be sorted by and no others', () => {
    for (const text of ['name', '-name', 'seen']) {
      const sort = sortOf(text, COLUMNS)
      expect(sort === null ? null : sortText(sort)).toBe(text)
    }
    for (const text of [undefined, '', '-', 'roles', '-roles', 'Jane', '--name'])
      expect(sortOf(text, COLUMNS)).toBeNull()
  })

  it('goes round: up, down, as the list is', () => {
    const steps: (string | undefined)[] = []
    let text: string | undefined
    for (let i = 0; i < 4; i += 1) {
      text = nextSort(sortOf(text, COLUMNS), 'name')
      steps.push(text)
    }
    expect(steps).toEqual(['name', '-name', undefined, 'name'])
    expect(nextSort({ key: 'name', descending: true }, 'seen')).toBe('seen')
  })

  it('is not made of a part of the rows', () => {
    expect(sortingOf(false, false)).toBe('not-yet')
    expect(sortingOf(false, true)).toBe('here')
    expect(sortingOf(true, false)).toBe('by-server')
  })
})
