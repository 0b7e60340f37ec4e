import { describe, expect, it } from 'vitest'
import { fc } from '../../shared/testing/property.ts'
import { buildLattice } from './lattice.ts'
import { Walker } from './state.ts'
import { allLevels, arbitraryProblem, groupRows } from './testing/problem.ts'
import { foldUnits } from './units.ts'

const noModels = arbitraryProblem(fc.constant([]))

describe('folding rows into units', () => {
  it('joins exactly the rows that share quasi-identifiers, patient and asked-for sensitive values', () => {
    fc.assert(
      fc.property(noModels, fc.boolean(), (problem, asked) => {
        const units = foldUnits(problem, asked ? problem.sensitive : [])
        const keyOf = (row: number): string =>
          [
            ...problem.attributes.map(({ codes }) => codes[row]),
            problem.patients?.[row],
            ...(asked ? problem.sensitive.map(({ codes }) => codes[row]) : []),
          ].join()
        const known = new Map<number, string>()
        for (let row = 0; row < problem.rows; row++) {
          const unit = units.ofRow[row] ?? -1
          expect(known.get(unit) ?? keyOf(row)).toBe(keyOf(row))
          known.set(unit, keyOf(row))
          problem.attributes.forEach(({ codes }, at) => {
            expect(units.codes[at]?.[unit]).toBe(codes[row])
          })
          if (problem.patients !== null) expect(units.patients?.[unit]).toBe(problem.patients[row])
        }
        expect(new Set(known.values()).size).toBe(units.count)
        expect(units.rows.reduce((sum, rows) => sum + rows, 0)).toBe(problem.rows)
        expect(units.patients ?? []).toEqual(units.patients?.toSorted() ?? [])
      }),
      { numRuns: 300 },
    )
  })
})

describe('walking the lattice', () => {
  const classSizes = (problem: Parameters<typeof foldUnits>[0], levels: readonly number[]): number[] => {
    const lattice = buildLattice(problem, foldUnits(problem, []))
    const walker = new Walker(lattice, 1)
    lattice.attributes.forEach((attribute, depth) => {
      walker.look(depth, levels[attribute] ?? 0)
      walker.keep(depth, levels[attribute] ?? 0)
    })
    const { patients, classes } = walker.at(walker.depth)
    return Array.from(patients.subarray(0, classes)).sort((a, b) => a - b)
  }

  it('counts the distinct patients of every class of every node', () => {
    fc.assert(
      fc.property(noModels, (problem) => {
        for (const levels of allLevels(problem)) {
          const { classOf, count } = groupRows(problem, levels)
          const patients = Array.from({ length: count }, () => new Set<number>())
          for (const [row, at] of classOf.entries()) patients[at]?.add(problem.patients?.[row] ?? row)
          expect(classSizes(problem, levels)).toEqual(patients.map(({ size }) => size).sort((a, b) => a - b))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('generalising never lowers k', () => {
    fc.assert(
      fc.property(noModels, (problem) => {
        for (const levels of allLevels(problem)) {
          const k = classSizes(problem, levels)[0] ?? 0
          problem.attributes.forEach(({ hierarchy }, at) => {
            const level = (levels[at] ?? 0) + 1
            if (level >= hierarchy.levels.length) return
            expect(classSizes(problem, levels.with(at, level))[0] ?? 0).toBeGreaterThanOrEqual(k)
          })
        }
      }),
      { numRuns: 40 },
    )
  })
})
