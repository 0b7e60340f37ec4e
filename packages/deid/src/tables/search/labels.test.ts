import { describe, expect, it } from 'vitest'
import { coveredOf, labelOf } from './labels.ts'
import { attributeOf } from './testing/problem.ts'

const attribute = attributeOf('v', [0], [[0, 0, 1, 1, 1]], { ranks: [4, 3, 2, 1, 0] })

describe('labels', () => {
  it('are the label of a group, and cover its values', () => {
    expect(labelOf(attribute, { kind: 'level', level: 0, group: 2 })).toBe('0.2')
    expect(labelOf(attribute, { kind: 'level', level: 1, group: 1 })).toBe('1.1')
    expect(coveredOf(attribute, { kind: 'level', level: 0, group: 2 })).toBe(1)
    expect(coveredOf(attribute, { kind: 'level', level: 1, group: 1 })).toBe(3)
  })

  it('are the lowest and the highest value of a range by rank, and one value alone as itself', () => {
    expect(labelOf(attribute, { kind: 'range', from: 1, to: 3 })).toBe('[v3, v1]')
    expect(coveredOf(attribute, { kind: 'range', from: 1, to: 3 })).toBe(3)
    expect(labelOf(attribute, { kind: 'range', from: 4, to: 4 })).toBe('v0')
    expect(coveredOf(attribute, { kind: 'range', from: 4, to: 4 })).toBe(1)
  })
})
