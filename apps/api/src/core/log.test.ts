import { Writable } from 'node:stream'
import { generatePopulation, toRecord } from '@chartward/fhir'
import { describe, expect, it } from 'vitest'
import { ChartwardError } from './errors.ts'
import { newId } from './ids.ts'
import { createLogger, type Logger } from './log.ts'
import { LOG_FORMS, type LogFacts } from './log-facts.ts'

const logged = (write: (log: Logger) => void): string => {
  const lines: string[] = []
  const destination = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk))
      done()
    },
  })
  write(createLogger('debug', destination))
  return lines.join('')
}

const strings = (value: unknown): string[] => {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : []
}

const [bundle] = generatePopulation({ seed: 'log', patients: 1, asOf: new Date('2026-11-01T00:00:00Z') })
const resources = (bundle?.entry ?? []).map(({ resource }) => resource)
const [patient] = resources

/**
 * What names, dates, numbers and addresses of the patient there are; the words of FHIR itself say
 * nothing of anybody.
 */
const tellingValues = [...new Set(strings(patient))].filter(
  (value) => value.length >= 4 && value !== 'Patient' && /[A-Z0-9@]/.test(value),
)

/** Keys under which any UUID passes, whoever has made it. */
const ANY_ID = ['jobId', 'entryId', 'rowId']
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const foundIn = (log: string): string[] => tellingValues.filter((value) => log.includes(value))

/** One value for each of the log's words. A word without one doesn't compile. */
const SAMPLE: { readonly [K in keyof typeof LOG_FORMS]: LogFacts[K] } = {
  requestId: newId(),
  procedure: 'patients.search',
  route: '/exports/:id/:format',
  answer: 'INTERNAL',
  recordId: newId(),
  version: 3,
  exportId: newId(),
  failure: 'gave-up',
  job: 'build-export',
  workId: newId(),
  jobId: newId(),
  entryId: newId(),
  problem: 'column-mismatch: patientId',
  rowKind: 'role-assignment',
  rowId: newId(),
  rowProblem: 'earlier-state',
  problems: 12,
  entries: 8,
  writer: newId(),
  number: 57,
  refusals: 4,
  fault: 'head-mismatch',
  origin: 'demo.chartward.invalid/log',
  exitCode: 3,
  failures: 1,
  size: 8192,
  limitMs: 10_000,
  months: 2,
  percentLeft: 14,
  taken: 5,
  sequenced: 4,
  quarantined: 1,
  current: 2,
  fromCurrent: 7,
  follower: 'roll-up',
  kmsProblem: 'late',
  index: 41,
}

describe('the logger', () => {
  it.each(Object.entries(SAMPLE))('lets %s through', (key, value) => {
    const facts: object = { [key]: value }
    expect(JSON.parse(logged((to) => to.info(facts, 'x')))).toMatchObject({ [key]: value })
  })

  it('takes no key that is not a word of the log', () => {
    const spread = { userId: newId() }
    logged((to) => {
      // @ts-expect-error no word of the log
      to.info({ name: 'x' }, 'a mistake')
      // @ts-expect-error no word of the log, and it comes in by a spread
      to.info({ requestId: newId(), ...spread }, 'a mistake')
      // @ts-expect-error a word that the list of faults lacks
      to.info({ fault: 'head-lost' }, 'a mistake')
    })
  })

  it('leaves nothing of a whole patient that is handed to it', () => {
    const records = resources.map((resource) => toRecord(resource))
    const log = logged((to) => {
      const mistake: object = { resources, records, nested: { deep: [{ patient: resources[0] }] } }
      to.error(mistake, 'a mistake')
      for (const { fields } of records) to.info(fields, 'another')
      to.error({ err: new Error(JSON.stringify(resources[0])) }, 'a failure')
    })
    expect(tellingValues.length).toBeGreaterThan(20)
    expect(foundIn(log)).toEqual([])
    expect(log).toContain('a mistake')
  })

  it.each([...Object.keys(LOG_FORMS), 'err', 'error', 'note', 'msg', 'anything'])(
    'leaves nothing of one under %s, whole, in pieces, as text, at any depth or inside an error',
    (key) => {
      const error = Object.assign(new Error(JSON.stringify(patient), { cause: patient }), { patient })
      const log = logged((to) => {
        for (const value of [
          patient,
          [patient],
          { a: { b: [{ c: patient }] } },
          { a: strings(patient) },
          JSON.stringify(patient),
          error,
          new AggregateError([error], JSON.stringify(patient), { cause: error }),
          ...tellingValues,
        ]) {
          const mistake: object = { [key]: value }
          to.error(mistake, 'a mistake')
        }
      })
      expect(foundIn(log).filter((value) => !ANY_ID.includes(key) || !UUID.test(value))).toEqual([])
    },
  )

  it('writes an error that is handed over in the place of facts as it writes any other', () => {
    const error: object = new Error(JSON.stringify(patient))
    const log = logged((to) => to.error(error, 'a mistake'))
    expect(foundIn(log)).toEqual([])
    expect(JSON.parse(log)).toMatchObject({ error: [{ name: 'Error' }], msg: 'a mistake' })
  })

  it('keeps opaque ids, the kind of an error, where it comes from, and what the caller was told', () => {
    const requestId = newId()
    const log = logged((to) =>
      to.error(
        {
          requestId,
          procedure: 'patients.get',
          answer: 'INTERNAL',
          err: new ChartwardError('INTERNAL', undefined, { cause: new TypeError('x') }),
        },
        'request failed',
      ),
    )
    const here = [expect.stringMatching(/^apps\/api\/src\/core\/log\.test\.ts:\d+$/)]
    expect(JSON.parse(log)).toMatchObject({
      level: 'error',
      requestId,
      procedure: 'patients.get',
      answer: 'INTERNAL',
      error: [
        { name: 'ChartwardError', code: 'INTERNAL', at: expect.arrayContaining(here) },
        { name: 'TypeError', at: expect.arrayContaining(here) },
      ],
      msg: 'request failed',
    })
  })
})
