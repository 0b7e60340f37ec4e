import { describe, expect, it } from 'vitest'
import { refusalOf } from '../testing/entries.ts'
import { Gate } from './gate.ts'

const turn = () => new Promise(setImmediate)

/** Work that ends when the test says so. */
const heldWork = () => {
  const begun: { end: () => void; fail: () => void }[] = []
  const work = () =>
    new Promise<string>((resolve, reject) => {
      begun.push({ end: () => resolve('done'), fail: () => reject(new Error('it failed')) })
    })
  return { begun, work }
}

describe('a gate', () => {
  it('runs as many at once as it says, and the others in their order', async () => {
    const gate = new Gate({ atOnce: 2, mostWaiting: 10 })
    const { begun, work } = heldWork()
    const order: number[] = []
    const all = [1, 2, 3, 4].map((n) => gate.run(work).then(() => order.push(n)))
    await turn()
    expect(begun).toHaveLength(2)
    begun[0]?.end()
    await turn()
    expect(begun).toHaveLength(3)
    for (const n of [1, 2, 3]) {
      begun[n]?.end()
      await turn()
    }
    await Promise.all(all)
    expect(order).toEqual([1, 2, 3, 4])
  })

  it('refuses what would wait behind too many, without beginning it, and takes more once some have ended', async () => {
    const gate = new Gate({ atOnce: 1, mostWaiting: 1 })
    const { begun, work } = heldWork()
    const taken = [gate.run(work), gate.run(work)]
    expect(await refusalOf(gate.run(work))).toBe('UNAVAILABLE')
    begun[0]?.end()
    await turn()
    const later = gate.run(work)
    for (const n of [1, 2]) {
      begun[n]?.end()
      await turn()
    }
    expect(await Promise.all([...taken, later])).toEqual(['done', 'done', 'done'])
    expect(begun).toHaveLength(3)
  })

  it('keeps no place for work that has failed', async () => {
    const gate = new Gate({ atOnce: 1, mostWaiting: 0 })
    for (let i = 0; i < 3; i += 1) {
      const { begun, work } = heldWork()
      const failed = gate.run(work)
      begun[0]?.fail()
      await expect(failed).rejects.toThrow('it failed')
    }
  })
})
