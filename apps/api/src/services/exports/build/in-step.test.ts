import { describe, expect, it } from 'vitest'
import { inStep, ReaderStopped } from './in-step.ts'

const gather = async <T>(source: AsyncIterable<T>): Promise<T[]> => {
  const values: T[] = []
  for await (const value of source) values.push(value)
  return values
}

describe('readers in step', () => {
  it('each gets every value in order, and none is more than one ahead of another', async () => {
    const drawn: number[] = []
    async function* source() {
      for (let value = 0; value < 100; value++) {
        drawn.push(value)
        yield value
      }
    }
    const taken = [0, 0, 0]
    const readers = inStep(source(), 3).map(async (reader, at) => {
      const values: number[] = []
      for await (const value of reader) {
        values.push(value)
        taken[at] = values.length
        expect(Math.max(...taken) - Math.min(...taken)).toBeLessThanOrEqual(1)
        expect(drawn.length - Math.min(...taken)).toBeLessThanOrEqual(1)
        if (value % (at + 2) === 0) await new Promise(setImmediate)
      }
      return values
    })
    const expected = Array.from({ length: 100 }, (_, value) => value)
    expect(await Promise.all(readers)).toEqual([expected, expected, expected])
  })

  it('all come to an end with an empty source', async () => {
    async function* source(): AsyncGenerator<number> {}
    expect(await Promise.all(inStep(source(), 2).map(gather))).toEqual([[], []])
  })

  it('where the source fails, all readers fail with its error', async () => {
    async function* source() {
      yield 1
      throw new RangeError('no more')
    }
    const results = await Promise.allSettled(inStep(source(), 2).map(gather))
    expect(results.map((result) => result.status === 'rejected' && result.reason)).toEqual([
      new RangeError('no more'),
      new RangeError('no more'),
    ])
  })

  it('where a reader stops, the other does not wait for it for ever', async () => {
    async function* source() {
      for (let value = 0; ; value++) yield value
    }
    const [first, second] = inStep(source(), 2)
    if (first === undefined || second === undefined) throw new Error('two readers')
    const stopping = (async () => {
      for await (const value of first) if (value === 3) throw new RangeError('full')
    })()
    const results = await Promise.allSettled([stopping, gather(second)])
    expect(results.map((result) => result.status === 'rejected' && result.reason)).toEqual([
      new RangeError('full'),
      expect.any(ReaderStopped),
    ])
  })
})
