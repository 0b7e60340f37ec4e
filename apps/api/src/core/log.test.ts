import { Writable } from 'node:stream'
import { generatePopulation, toRecord } from '@chartward/fhir'
import { describe, expect, it } from 'vitest'
import { ChartwardError } from './errors.ts'
import { createLogger } from './log.ts'

const logged = (write: (log: ReturnType<typeof createLogger>) => void): string => {
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

describe('the logger', () => {
  it('leaves nothing of a whole patient that is handed to it', () => {
    const [bundle] = generatePopulation({ seed: 'log', patients: 1, asOf: new Date('2026-11-01T00:00:00Z') })
    const resources = (bundle?.entry ?? []).map(({ resource }) => resource)
    const records = resources.map((resource) => toRecord(resource))
    const log = logged((to) => {
      to.error({ resources, records, nested: { deep: [{ patient: resources[0] }] } }, 'a mistake')
      for (const { fields } of records) to.info(fields, 'another')
      to.error({ err: new Error(JSON.stringify(resources[0])) }, 'a failure')
    })
    const patient = resources[0]
    const found = strings(patient).filter(
      (value) => value.length >= 4 && value !== 'Patient' && /[A-Z0-9@]/.test(value) && log.includes(value),
    )
    expect(found).toEqual([])
    expect(log).toContain('a mistake')
  })

  it('keeps opaque ids, the kind of an error and what the caller was told', () => {
    const log = logged((to) =>
      to.error(
        { requestId: '0190-1', answer: 'INTERNAL', err: new ChartwardError('INTERNAL') },
        'request failed',
      ),
    )
    expect(JSON.parse(log)).toMatchObject({
      level: 'error',
      requestId: '0190-1',
      answer: 'INTERNAL',
      error: { name: 'ChartwardError', sqlState: null },
      msg: 'request failed',
    })
  })
})
