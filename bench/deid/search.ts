import { readFile } from 'node:fs/promises'
import { type Method, type Problem, type Solution, search } from '@chartward/deid/tables'
import { say } from '../harness/print.ts'
import { figure, limited, type Result } from '../harness/report.ts'
import { spreadOf } from '../harness/rounds.ts'
import {
  type Adult,
  type AdultColumn,
  ARX_REFERENCE,
  type ArxResult,
  attributesOf,
  Q7,
  Q8,
  Q9,
} from './adult.ts'

const ROUNDS = 5
const QI: Readonly<Record<ArxResult['qi'], readonly AdultColumn[]>> = { q9: Q9, q8: Q8, q7: Q7 }
/**
 * The first eight: what public implementations of Mondrian are measured on leaves out the class that is
 * to be predicted.
 */
const WITHOUT_CLASS = Q9.filter((name) => name !== 'salary-class')

const problemOf = (
  adult: Adult,
  names: readonly AdultColumn[],
  k: number,
  suppressionLimit: number,
): Problem => ({
  rows: adult.table.rows,
  attributes: attributesOf(adult, names),
  sensitive: [],
  patients: null,
  models: [{ kind: 'k-anonymity', k }],
  suppressionLimit,
})

interface Timed {
  readonly solution: Solution
  /** Median over the rounds, in milliseconds. */
  readonly ms: number
}

/** Solves a problem again and again; the solution is the same each time, the time is not. */
const timed = (method: Method, problem: Problem, rounds = ROUNDS): Timed => {
  const times: number[] = []
  let solution: Solution | undefined
  for (let round = 0; round < rounds; round += 1) {
    const started = performance.now()
    solution = search(method, problem, { seed: 'bench deid' })
    times.push(performance.now() - started)
  }
  if (solution === undefined) throw new Error('nothing was solved')
  return { solution, ms: spreadOf(times).median }
}

/**
 * Every full-domain case of the reference: the greatest difference of a loss, and the times of three of them.
 */
const optimalResults = async (adult: Adult): Promise<Result[]> => {
  const { results }: { results: ArxResult[] } = JSON.parse(await readFile(ARX_REFERENCE, 'utf8'))
  const limits: Readonly<Record<string, number>> = { '0': 60, '0.05': 500, '1': 1200 }
  const rows: Result[] = []
  let worst = 0
  for (const { mode, qi, k, suppressionLimit = 0, loss, ms: arx } of results) {
    if (mode !== 'global') continue
    const isTimed = qi === 'q9' && k === 5 && Object.hasOwn(limits, String(suppressionLimit))
    const found = timed('optimal', problemOf(adult, QI[qi], k, suppressionLimit), isTimed ? ROUNDS : 1)
    worst = Math.max(
      worst,
      found.solution.proof.kind === 'optimal' ? Math.abs(found.solution.loss - loss) : 1,
    )
    if (!isTimed) continue
    const name = `optimal, q9, k 5, suppression ${suppressionLimit * 100} %`
    rows.push(
      limited(name, found.ms, 'ms', limits[String(suppressionLimit)] ?? 0),
      figure(`${name}, as a part of ARX's ${arx} ms (another run)`, found.ms / arx, ''),
    )
  }
  return [limited('optimal, greatest difference from a reference loss', worst, 'loss', 1e-9), ...rows]
}

const LOCAL = [
  ['q9', 5, 0.062, 3000],
  ['q9', 10, 0.097, 3000],
  ['q8', 5, 0.033, 1000],
  ['q8', 10, 0.05, 1000],
  ['q7', 5, 0.03, 1000],
  ['q7', 10, 0.046, 1000],
] as const

const localResults = (adult: Adult): Result[] =>
  LOCAL.flatMap(([qi, k, loss, ms]) => {
    const found = timed('local', problemOf(adult, QI[qi], k, 0))
    return [
      limited(`local, ${qi}, k ${k}, loss`, found.solution.loss, 'loss', loss),
      limited(`local, ${qi}, k ${k}, time`, found.ms, 'ms', ms),
    ]
  })

const MONDRIAN = [
  [5, 0.033],
  [10, 0.058],
] as const

const mondrianResults = (adult: Adult): Result[] =>
  [
    { called: 'without occupation', names: Q8, reach: true },
    { called: 'without salary-class', names: WITHOUT_CLASS, reach: false },
  ].flatMap(({ called, names, reach }) =>
    MONDRIAN.flatMap(([k, loss]) => {
      const found = timed('mondrian', problemOf(adult, names, k, 0))
      const name = `ranges, 8 attributes ${called}, k ${k}`
      return reach
        ? [
            limited(`${name}, loss`, found.solution.loss, 'loss', loss),
            limited(`${name}, time`, found.ms, 'ms', 150),
          ]
        : [figure(`${name}, loss`, found.solution.loss, 'loss'), figure(`${name}, time`, found.ms, 'ms')]
    }),
  )

/** The searches on UCI Adult, held against ARX's results and the design's limits. */
export const searchResults = async (adult: Adult): Promise<Result[]> => {
  const optimal = await optimalResults(adult)
  say('  full-domain: done')
  const local = localResults(adult)
  say('  local recoding: done')
  return [...optimal, ...local, ...mondrianResults(adult)]
}
