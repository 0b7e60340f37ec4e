import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIELD_PATHS, fieldOf } from './catalog/index.ts'
import { isRedactedKey, REDACTED, REDACTED_KEYS, redactDeep } from './redaction.ts'

const CANARY = 'canary-7f3a'

const PATIENT = {
  resourceType: 'Patient',
  id: CANARY,
  text: { status: 'generated', div: `<div>${CANARY}</div>` },
  extension: [{ url: 'http://example.org/x', valueString: CANARY }],
  identifier: [{ type: { coding: [{ code: 'SS' }] }, value: CANARY }],
  name: [{ family: CANARY, given: [CANARY] }],
  telecom: [{ system: 'phone', value: CANARY }],
  birthDate: CANARY,
  _birthDate: { extension: [{ valueDateTime: CANARY }] },
  address: [{ line: [CANARY], city: CANARY, state: CANARY, postalCode: CANARY }],
  contact: [{ name: { family: CANARY } }],
  deceasedDateTime: CANARY,
  generalPractitioner: [{ display: CANARY }],
}

describe('redacted keys', () => {
  it('hold every field name and every FHIR element of the catalog', () => {
    for (const path of FIELD_PATHS) {
      const names = [path, path.slice(path.indexOf('.') + 1), fieldOf(path)?.source.element ?? '']
      // By their names alone these are not told from those of the log: their values tell, below.
      const shared = ['procedure', 'version', 'route', 'policy', 'error']
      expect(names.filter((name) => !isRedactedKey(name) && !shared.includes(name))).toEqual([])
    }
    expect(new Set(REDACTED_KEYS).size).toBe(REDACTED_KEYS.length)
  })

  it('leave what a log line needs', () => {
    for (const key of [
      'level',
      'time',
      'msg',
      'pid',
      'requestId',
      'userId',
      'patientId',
      'durationMs',
      'err',
    ]) {
      expect([key, isRedactedKey(key)]).toEqual([key, false])
    }
  })

  it('are known in whatever way they are written', () => {
    for (const key of [
      'birthDate',
      '_birthDate',
      'birth_date',
      'BIRTHDATE',
      'birth-date',
      'Patient.birthDate',
      'family',
    ]) {
      expect([key, isRedactedKey(key)]).toEqual([key, true])
    }
  })
})

describe('redactDeep', () => {
  it('leaves nothing of a whole patient, wherever it stands', () => {
    for (const logged of [
      PATIENT,
      { a: { b: [PATIENT] } },
      new Map([['x', PATIENT]]),
      [new Set([PATIENT])],
    ]) {
      expect(JSON.stringify(logged instanceof Map ? [...logged] : logged).length).toBeGreaterThan(2)
      expect(JSON.stringify(redactDeep(logged))).not.toContain(CANARY)
    }
  })

  it('leaves nothing of any field of the catalog, by field name, path or element', () => {
    for (const path of FIELD_PATHS) {
      const element = fieldOf(path)?.source.element ?? ''
      const logged = {
        [path]: CANARY,
        [path.slice(path.indexOf('.') + 1)]: [CANARY],
        in: { [element]: { x: CANARY } },
      }
      expect(JSON.stringify(redactDeep(logged))).not.toContain(CANARY)
    }
  })

  it('leaves nothing of the parts of names, addresses, notes and identifiers logged on their own', () => {
    const parts = {
      family: CANARY,
      given: [CANARY],
      line: [CANARY],
      city: CANARY,
      postalCode: CANARY,
      div: CANARY,
      value: CANARY,
      display: CANARY,
      authorString: CANARY,
    }
    expect(Object.values(Object(redactDeep(parts)))).toEqual(Array(Object.keys(parts).length).fill(REDACTED))
  })

  it('keeps the name of a procedure that was called, and nothing of one that was done to a patient', () => {
    expect(redactDeep({ procedure: 'users.list' })).toEqual({ procedure: 'users.list' })
    for (const done of [[{ sequence: 1 }], { text: 'x' }, 'Appendectomy', 'removal of x.y', 44950])
      expect(redactDeep({ procedure: done })).toEqual({ procedure: REDACTED })
  })

  it.each([
    ['version', 3, [[{ value: '2.1' }], '2.1', 2.1]],
    ['route', '/health/ready', [{ text: 'oral' }, 'oral', '/by mouth']],
    ['policy', 'built-in/3', [['https://example.org/policy'], 'to her sister only', 'https://example.org/x']],
    ['error', 'TypeError', [{ code: { text: 'not covered' } }, [{ code: { text: 'not covered' } }]]],
  ])('keeps a %s of the log, and nothing that FHIR calls so', (key, kept, redacted) => {
    expect(redactDeep({ [key]: kept })).toEqual({ [key]: kept })
    for (const value of redacted) expect(redactDeep({ [key]: value })).toEqual({ [key]: REDACTED })
  })

  it('keeps the rest as it is, and the value that it was given', () => {
    const logged = {
      requestId: 'r-1',
      statusCode: 200,
      nested: { userId: 'u-1', ok: true, none: null },
      name: 'x',
    }
    const before = structuredClone(logged)
    expect(redactDeep(logged)).toEqual({ ...before, name: REDACTED })
    expect(logged).toEqual(before)
  })

  it('keeps of an error its class alone, and of bytes their number', () => {
    const error = Object.assign(new TypeError(CANARY), { detail: CANARY, cause: new Error(CANARY) })
    expect(redactDeep({ err: error })).toEqual({ err: { error: 'TypeError' } })
    const renamed = Object.assign(new Error('x'), { name: `${CANARY} ${CANARY}` })
    expect(redactDeep(renamed)).toEqual({ error: 'Error' })
    expect(redactDeep({ bytes: new TextEncoder().encode(CANARY) })).toEqual({ bytes: '[11 bytes]' })
    expect(redactDeep({ bytes: new ArrayBuffer(3) })).toEqual({ bytes: '[3 bytes]' })
  })

  it('ends on a circle and on a pit', () => {
    const circle: { self?: unknown; requestId: string } = { requestId: 'r-1' }
    circle.self = circle
    expect(redactDeep(circle)).toEqual({ requestId: 'r-1', self: '[circular]' })
    let pit: unknown = CANARY
    for (let depth = 0; depth < 10_000; depth += 1) pit = { deeper: pit }
    expect(JSON.stringify(redactDeep(pit))).not.toContain(CANARY)
    const twice = { userId: 'u-1' }
    expect(redactDeep({ a: twice, b: twice })).toEqual({ a: twice, b: twice })
  })

  it('never throws, and always gives something that JSON can hold', () => {
    const values = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withNullPrototype: true,
    })
    fc.assert(
      fc.property(values, (value) => {
        JSON.stringify(redactDeep(value))
      }),
      { seed: 20261122, numRuns: 500 },
    )
    expect(redactDeep(JSON.parse('{"__proto__": {"userId": 1}}'))).toEqual(
      JSON.parse('{"__proto__": {"userId": 1}}'),
    )
    const trap = {
      get userId(): string {
        throw new Error(CANARY)
      },
    }
    expect(JSON.stringify(redactDeep({ trap }))).not.toContain(CANARY)
  })
})
