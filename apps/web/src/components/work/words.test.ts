import { type Work, workFailure, workKind } from '@chartward/contract'
import { describe, expect, it } from 'vitest'
import {
  countWords,
  KIND_WORDS,
  leftWords,
  lengthWords,
  lookEvery,
  percentOf,
  phaseWords,
  rateWords,
  resultWords,
  spokenWords,
  toneOf,
  tookWords,
} from './words.ts'

const ID = '0193521b-7c00-7aaa-8aaa-00000000abcd'
const AT = '2026-11-29T12:00:00.000Z'

const running: Extract<Work, { kind: 'check-log' }> = {
  id: ID,
  kind: 'check-log',
  subjectId: null,
  askedBy: { id: ID, displayName: 'Pri Vacy' },
  mine: true,
  askedAt: AT,
  state: 'running',
  vouched: true,
  startedAt: AT,
  endedAt: null,
  cancelAskedAt: null,
  cancelAskedBy: null,
  mayCancel: true,
  failure: null,
  phase: 'entries',
  done: 1024,
  total: 4096,
  rate: 512,
  secondsLeft: 6,
  silent: false,
  result: null,
}

const checked = (ok: boolean): Work => ({
  ...running,
  state: 'done',
  phase: null,
  endedAt: '2026-11-29T12:01:05.000Z',
  result: { size: 9, checked: 9, ok, problemCount: ok ? 0 : 2, unchecked: [] },
})

describe('what is said of work that goes on', () => {
  it('is how much of how much, how fast, and how long still', () => {
    expect(phaseWords(running)).toBe('Comparing the entries with the signed tree')
    expect(countWords(running)).toBe('1,024 of 4,096 entries')
    expect(rateWords(running)).toBe('512 entries a second')
    expect(leftWords(running)).toBe('a few seconds left of this step')
    expect(percentOf(running)).toBe(25)
  })

  it('claims nothing that is not known', () => {
    const unknown: Work = { ...running, phase: 'rows', done: 0, total: null, rate: null, secondsLeft: null }
    expect(countWords(unknown)).toBeNull()
    expect(rateWords(unknown)).toBeNull()
    expect(percentOf(unknown)).toBeNull()
    expect(leftWords(unknown)).toBe('Time left not known')
    expect(leftWords({ ...unknown, state: 'waiting', phase: null })).toBe('Time left not known yet')
    expect(percentOf({ ...running, total: 0 })).toBeNull()
  })

  it('says that nothing was heard of it, and that it is being cancelled', () => {
    expect(leftWords({ ...running, silent: true })).toContain('Nothing was heard of it')
    expect(phaseWords({ ...running, cancelAskedAt: AT })).toBe('Being cancelled')
  })

  it('says of a slow one what it does in a minute', () => {
    expect(rateWords({ ...running, rate: 0.1 })).toBe('6 entries a minute')
  })

  it('is no more exact than it is known', () => {
    expect([3, 14, 59, 61, 600, 7300].map(lengthWords)).toEqual([
      'a few seconds',
      'about 20 seconds',
      'about 60 seconds',
      'about 1 minute',
      'about 10 minutes',
      'about 2 hours',
    ])
  })

  it('is heard anew at each quarter of a phase, and at each phase', () => {
    const heard = [0, 900, 1024, 1500, 2047, 2048, 4096].map((done) => spokenWords({ ...running, done }))
    expect(new Set(heard).size).toBe(4)
    expect(heard[3]).toBe('Checking the log: comparing the entries with the signed tree, 25 percent.')
    expect(spokenWords({ ...running, phase: 'contents' })).not.toBe(heard[3])
  })

  it('is asked for ever more seldom', () => {
    const waits = [0, 30_000, 600_000].map(lookEvery)
    expect(waits).toEqual(waits.toSorted((a, b) => a - b))
    expect(new Set(waits).size).toBe(3)
  })
})

describe('what is said of work that has ended', () => {
  it('is what came of it, and bad news is told as such', () => {
    expect(resultWords(checked(true))).toBe('9 entries checked: everything fits.')
    expect(toneOf(checked(true))).toBe('good')
    expect(resultWords(checked(false))).toBe('9 entries checked: 2 problems found.')
    expect(toneOf(checked(false))).toBe('bad')
    expect(tookWords(checked(true))).toBe('1 min 5 s')
  })

  it('is nothing of what the row says, where Chartward did not write it', () => {
    const forged = { ...checked(true), vouched: false }
    expect(resultWords(forged)).toContain('Nothing of it counts')
    expect(toneOf(forged)).toBe('bad')
  })

  it('has a sentence for each way to fail, and a name for each kind', () => {
    for (const failure of workFailure.options)
      expect(resultWords({ ...running, state: 'failed', failure })).toMatch(/\.$/)
    expect(Object.keys(KIND_WORDS)).toEqual(workKind.options)
  })
})
