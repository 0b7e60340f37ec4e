import { describe, expect, it } from 'vitest'
import { bindAttribute } from './bind.ts'
import { hierarchyFromRows } from './from-rows.ts'

const hierarchy = hierarchyFromRows([
  ['a', '*'],
  ['b', '*'],
  ['c', '*'],
])
const column = (values: string[], ...codes: number[]) => ({
  name: 'x',
  values,
  codes: Int32Array.from(codes),
})

describe('binding a column to its hierarchy', () => {
  it('gives each row the place of its value in the domain', () => {
    const attribute = bindAttribute('x', hierarchy, column(['c', 'a'], 0, 1, 0), 2)
    expect(Array.from(attribute.codes)).toEqual([2, 0, 2])
    expect(attribute).toMatchObject({ name: 'x', weight: 2 })
  })

  it('refuses a value that the hierarchy lacks, and names it', () => {
    expect(() => bindAttribute('x', hierarchy, column(['a', 'd'], 0, 1), 1)).toThrow(
      '"x" lacks the value "d"',
    )
    expect(() => bindAttribute('x', hierarchy, column(['a', 'd'], 0, 1), 1)).toThrow(
      expect.objectContaining({ code: 'bad-hierarchy' }),
    )
  })

  it('refuses a column with one value, and a weight that is none', () => {
    expect(() => bindAttribute('x', hierarchy, column(['a'], 0, 0), 1)).toThrow('one value in all rows')
    for (const weight of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => bindAttribute('x', hierarchy, column(['a', 'b'], 0, 1), weight)).toThrow('weight')
  })
})
