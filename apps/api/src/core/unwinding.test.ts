import { describe, expect, it } from 'vitest'
import { unwindOnFailure, withUnwinding } from './unwinding.ts'

const recorded = () => {
  const ended: string[] = []
  const end = (name: string, error?: Error) => async () => {
    ended.push(name)
    if (error !== undefined) throw error
  }
  return { ended, end }
}

describe('what has been begun', () => {
  it('is ended in the opposite order where a later step fails, and the failure is what is told', async () => {
    const { ended, end } = recorded()
    const begun = unwindOnFailure(async (unwinding) => {
      unwinding.add(end('database'))
      unwinding.add(end('child', new Error('it was gone already')))
      unwinding.add(end('jobs'))
      throw new Error('the port is taken')
    })
    await expect(begun).rejects.toThrow('the port is taken')
    expect(ended).toEqual(['jobs', 'child', 'database'])
  })

  it('is left to itself where it waits for what is gone, and what it stood on is ended', async () => {
    const { ended, end } = recorded()
    const begun = unwindOnFailure(async (unwinding) => {
      unwinding.add(end('database'))
      unwinding.add(() => new Promise(() => undefined), 20)
      throw new Error('the port is taken')
    })
    await expect(begun).rejects.toThrow('the port is taken')
    expect(ended).toEqual(['database'])
  })

  it('stays where all went well, until it is ended, once', async () => {
    const { ended, end } = recorded()
    const unwinding = await unwindOnFailure(async (begun) => {
      begun.add(end('database'))
      begun.add(end('jobs'))
      return begun
    })
    expect(ended).toEqual([])
    await unwinding.run()
    await unwinding.run()
    expect(ended).toEqual(['jobs', 'database'])
  })

  it('is ended with the work, whose result is given; a failure to end it is told, after all else was ended', async () => {
    const { ended, end } = recorded()
    expect(
      await withUnwinding(async (unwinding) => {
        unwinding.add(end('database'))
        return 'done'
      }),
    ).toBe('done')
    const failing = withUnwinding(async (unwinding) => {
      unwinding.add(end('lock'))
      unwinding.add(end('jobs', new Error('they did not stop')))
    })
    await expect(failing).rejects.toThrow('they did not stop')
    expect(ended).toEqual(['database', 'jobs', 'lock'])
  })
})
