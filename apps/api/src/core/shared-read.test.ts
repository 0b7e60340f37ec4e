import { describe, expect, it } from 'vitest'
import { refusalOf } from '../testing/entries.ts'
import { SharedRead, type SharedReadLimits } from './shared-read.ts'

/** A read whose statements are answered when the test says so. */
const heldRead = (limits: SharedReadLimits = {}) => {
  const statements: { questions: readonly number[]; answer: () => void; fail: (error: Error) => void }[] = []
  const read = new SharedRead<number, string>(
    (questions) =>
      new Promise((resolve, reject) => {
        statements.push({
          questions,
          answer: () => resolve(questions.map((question) => `answer ${question}`)),
          fail: reject,
        })
      }),
    limits,
  )
  return { read, statements }
}

const turn = () => new Promise(setImmediate)

describe('a shared read', () => {
  it('asks what came together in one statement, and gives everybody their own answer', async () => {
    const { read, statements } = heldRead()
    const asked = [read.ask(1), read.ask(2), read.ask(1)]
    await turn()
    expect(statements.flatMap(({ questions }) => questions)).toEqual([1, 2, 1])
    for (const { answer } of statements) answer()
    expect(await Promise.all(asked)).toEqual(['answer 1', 'answer 2', 'answer 1'])
  })

  it('never gives an answer that was read before its question', async () => {
    let stored = 'old'
    const read = new SharedRead<null, string>(async (questions) => {
      const seen = stored
      await turn()
      return questions.map(() => seen)
    })
    const early = read.ask(null)
    await turn()
    stored = 'new'
    const late = read.ask(null)
    expect(await early).toBe('old')
    expect(await late).toBe('new')
  })

  it('goes on while one statement hangs', async () => {
    const { read, statements } = heldRead()
    const hanging = read.ask(1)
    await turn()
    const other = read.ask(2)
    await turn()
    await turn()
    statements.at(-1)?.answer()
    expect(await other).toBe('answer 2')
    statements[0]?.answer()
    expect(await hanging).toBe('answer 1')
  })

  it('tells all who asked in a statement that failed, and nobody else', async () => {
    const { read, statements } = heldRead()
    const failed = Promise.allSettled([read.ask(1), read.ask(2)])
    await turn()
    for (const { fail } of statements.splice(0)) fail(new Error('the connection was lost'))
    expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    const next = read.ask(3)
    await turn()
    statements[0]?.answer()
    expect(await next).toBe('answer 3')
  })

  it('fails where an answer is missing, rather than giving somebody another one’s', async () => {
    const read = new SharedRead<number, string>(async () => ['the only one'])
    const answers = await Promise.allSettled([read.ask(1), read.ask(2)])
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })

  it('splits what one statement could not hold', async () => {
    const sizes: number[] = []
    const read = new SharedRead<number, number>(async (questions) => {
      sizes.push(questions.length)
      return questions
    })
    const questions = Array.from({ length: 600 }, (_, i) => i)
    expect(await Promise.all(questions.map((question) => read.ask(question)))).toEqual(questions)
    expect(Math.max(...sizes)).toBe(256)
  })

  it('refuses those who asked in a statement that does not come back, and goes on with the others', async () => {
    const { read, statements } = heldRead({ timeoutMs: 20 })
    // One for each lane, and none of them is ever answered.
    const stalled = [refusalOf(read.ask(1))]
    await turn()
    stalled.push(refusalOf(read.ask(2)))
    await turn()
    const next = read.ask(3)
    expect(await Promise.all(stalled)).toEqual(['UNAVAILABLE', 'UNAVAILABLE'])
    await turn()
    expect(statements.map(({ questions }) => questions)).toEqual([[1], [2], [3]])
    statements[2]?.answer()
    expect(await next).toBe('answer 3')
  })

  it('drops what a statement answers, or fails with, after its time', async () => {
    const { read, statements } = heldRead({ timeoutMs: 20 })
    const stalled = [refusalOf(read.ask(1))]
    await turn()
    stalled.push(refusalOf(read.ask(2)))
    expect(await Promise.all(stalled)).toEqual(['UNAVAILABLE', 'UNAVAILABLE'])
    statements[0]?.answer()
    statements[1]?.fail(new Error('the connection was lost'))
    await turn()
    const next = read.ask(3)
    await turn()
    expect(statements.at(-1)?.questions).toEqual([3])
    statements.at(-1)?.answer()
    expect(await next).toBe('answer 3')
  })

  it('refuses at once whoever would wait behind too many, and takes more when they have been answered', async () => {
    const { read, statements } = heldRead({ batch: 1, mostWaiting: 2 })
    const taken = [read.ask(1), read.ask(2)]
    await turn()
    taken.push(read.ask(3), read.ask(4))
    expect(await refusalOf(read.ask(5))).toBe('UNAVAILABLE')
    for (let i = 0; i < 4; i += 1) {
      statements[i]?.answer()
      await turn()
    }
    expect(await Promise.all(taken)).toEqual(['answer 1', 'answer 2', 'answer 3', 'answer 4'])
    const later = read.ask(6)
    await turn()
    statements.at(-1)?.answer()
    expect(await later).toBe('answer 6')
  })

  it('asks no more in one statement than its limit', async () => {
    const sizes: number[] = []
    const load = async (questions: readonly number[]) => {
      sizes.push(questions.length)
      return questions
    }
    const read = new SharedRead<number, number>(load, { batch: 3 })
    await Promise.all(Array.from({ length: 10 }, (_, i) => read.ask(i)))
    expect(Math.max(...sizes)).toBe(3)
  })
})
