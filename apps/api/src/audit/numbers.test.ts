import type { EntryWriter } from '@chartward/audit'
import { describe, expect, it } from 'vitest'
import { seeded } from '../testing/kills.ts'
import { EntryNumbers } from './numbers.ts'

const PROCESS = '01936b2c-7d1e-7000-b000-000000000001'

const taking = () => {
  const numbers = new EntryNumbers(PROCESS)
  return { numbers, take: () => numbers.take() }
}

describe('the numbers of a process’s entries', () => {
  it('are dense from 1 on, and settle what was committed before them', () => {
    const { numbers, take } = taking()
    expect(take()).toEqual({ process: PROCESS, number: 1, settled: 0, void: [] })
    numbers.committed(1)
    expect(take()).toMatchObject({ number: 2, settled: 1 })
    expect(take()).toMatchObject({ number: 3, settled: 1 })
    numbers.committed(3)
    expect(take()).toMatchObject({ number: 4, settled: 1 })
    numbers.committed(2)
    expect(take()).toMatchObject({ number: 5, settled: 3 })
  })

  it('whose transactions failed are declared void by the next entry, in ranges', () => {
    const { numbers, take } = taking()
    for (let i = 0; i < 6; i++) take()
    for (const number of [2, 5, 3]) numbers.failed(number)
    for (const number of [1, 4, 6]) numbers.committed(number)
    expect(take()).toMatchObject({
      number: 7,
      settled: 6,
      void: [
        [2, 3],
        [5, 5],
      ],
    })
  })

  it('are declared again where the entry that declared them failed too, and claimed settled by no other', () => {
    const { numbers, take } = taking()
    take()
    numbers.failed(1)
    expect(take()).toMatchObject({ number: 2, settled: 1, void: [[1, 1]] })
    expect(take()).toMatchObject({ number: 3, settled: 0, void: [] })
    numbers.failed(2)
    expect(take()).toMatchObject({ number: 4, settled: 2, void: [[1, 2]] })
    numbers.committed(4)
    numbers.committed(3)
    expect(take()).toMatchObject({ number: 5, settled: 4, void: [] })
  })

  it('of an outage, however many, do not make an entry longer than it may be', () => {
    const { numbers, take } = taking()
    for (let i = 0; i < 1_000; i++) take()
    for (let number = 1; number <= 1_000; number += 2) numbers.failed(number)
    for (let number = 2; number <= 1_000; number += 2) numbers.committed(number)
    const first = take()
    expect(first.void).toHaveLength(100)
    expect(first.settled).toBe(200)
    const second = take()
    expect(second.void).toHaveLength(100)
    // The first hundred are declared by an entry that may fail yet.
    expect(second.settled).toBe(0)
  })

  it('whatever fails and in whatever order: what a committed entry claims settled is in the log or void', () => {
    const random = seeded(438)
    for (let run = 0; run < 300; run++) {
      const numbers = new EntryNumbers(PROCESS)
      const open: EntryWriter[] = []
      const log: EntryWriter[] = []
      for (let step = 0; step < 60; step++) {
        if (random() < 0.5) open.push(numbers.take())
        const [entry] = open.splice(Math.floor(random() * 4), 1)
        if (entry === undefined) continue
        if (random() < 0.6) {
          log.push(entry)
          numbers.committed(entry.number)
        } else numbers.failed(entry.number)
      }
      const entered = new Set(log.map(({ number }) => number))
      const isVoid = (n: number) =>
        log.some((one) => one.void.some(([first, last]) => first <= n && n <= last))
      const settled = Math.max(0, ...log.map((one) => one.settled))
      for (let n = 1; n <= settled; n++) expect([n, entered.has(n)]).toEqual([n, !isVoid(n)])
    }
  })
})
