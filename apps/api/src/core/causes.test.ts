import { connect } from 'node:net'
import { CryptoError } from '@chartward/crypto'
import { createTestDatabase } from '@chartward/db/testing'
import { describe, expect, it } from 'vitest'
import { causeLines, causesOf } from './causes.ts'
import { ChartwardError } from './errors.ts'

const CANARY = 'Eleanor Vance'
const HERE = /^apps\/api\/src\/core\/causes\.test\.ts:\d+$/
/** The repository, as a frame of it would be written. */
const SOURCE = new URL('./causes.ts', import.meta.url)

const written = (error: unknown): string => JSON.stringify([causesOf(error), causeLines(error)])

describe('the causes of an error', () => {
  it('are it and what caused it, each with its class and the code of a closed list', () => {
    const error = new ChartwardError('UNAVAILABLE', undefined, {
      cause: new Error('x', { cause: new CryptoError('unwrap-failed', 'x') }),
    })
    expect(causesOf(error)).toEqual([
      { name: 'ChartwardError', code: 'UNAVAILABLE', at: expect.any(Array) },
      { name: 'Error', at: expect.any(Array) },
      { name: 'CryptoError', code: 'unwrap-failed', at: expect.any(Array) },
    ])
    for (const { at } of causesOf(error)) expect(at[0]).toMatch(HERE)
    expect(causeLines(error)).toEqual(
      expect.arrayContaining(['ChartwardError UNAVAILABLE', 'caused by CryptoError unwrap-failed']),
    )
  })

  it('of a failed statement are its SQLSTATE, constraint and table, told once, and no parameter', async () => {
    const database = await createTestDatabase()
    try {
      const { sql } = database.open('chartward_owner', 1)
      const insert = () =>
        sql`insert into users (id, email, address_key, display_name, status, created_at, row_version, seal)
          values (gen_random_uuid(), ${CANARY}, ${CANARY}, ${CANARY}, 'active', now(), 1, '')`
      await insert()
      const fault: unknown = await insert().catch((error: unknown) => error)
      const causes = causesOf(new Error(CANARY, { cause: fault }))
      expect(causes).toEqual([
        { name: 'Error', at: expect.any(Array) },
        {
          name: 'PostgresError',
          sqlState: '23505',
          constraint: expect.stringContaining('email'),
          table: 'users',
          at: expect.arrayContaining([expect.stringMatching(/^postgres\/src\/connection\.js:\d+$/)]),
        },
      ])
      expect(written(fault)).not.toContain('Eleanor')
    } finally {
      await database.drop()
    }
  })

  it('of the operating system have its code', async () => {
    const refused = await new Promise((resolve) => connect(1, '127.0.0.1').once('error', resolve))
    expect(causesOf(refused)[0]).toMatchObject({ name: 'Error', code: 'ECONNREFUSED' })
  })

  it('hold no message, no property and no name that was written into an error', () => {
    const error = Object.assign(new RangeError(CANARY, { cause: new Error(CANARY) }), {
      name: 'Eleanor',
      code: 'ELEANOR',
      detail: CANARY,
      constraint_name: CANARY,
    })
    expect(written(error)).not.toMatch(/eleanor/i)
    expect(causesOf(error)[0]).toMatchObject({ name: 'RangeError' })
  })

  it.each([
    `x\n    at ${CANARY} (x:1:1)`,
    `\n    at ${CANARY} (${SOURCE}:1:1)`,
    `x\n    at Eleanor (${SOURCE.pathname.replace('causes', 'Eleanor')}:1:1)`,
    `x\n    at ${SOURCE.href.replace('causes', 'Eleanor')}:1:1\n    at ${SOURCE}:1:1`,
    `Error: x\n    at Eleanor.vance (file:///x/node_modules/eleanor/vance.js:1:1)`,
  ])('hold no frame that stands in a message: %j', (message) => {
    const [cause] = causesOf(new Error(message))
    expect(JSON.stringify(cause)).not.toMatch(/eleanor/i)
    expect(JSON.stringify(cause)).not.toContain('causes.ts:1"')
    expect(cause?.at[0]).toMatch(HERE)
  })

  it('have no frames where the message is no longer the one that the stack was written with', () => {
    const error = new Error(`x\n    at Eleanor (${SOURCE}:1:1)`)
    expect(error.stack).toContain('Eleanor')
    error.message = 'another'
    expect(causesOf(error)).toEqual([{ name: 'Error', at: [] }])
    const emptied = new Error(`\n    at Eleanor (${SOURCE}:1:1)`)
    expect(emptied.stack).toContain('Eleanor')
    emptied.message = ''
    expect(causesOf(emptied)[0]?.at).toEqual([])
    const nameless = Object.assign(new Error(`x\n    at Eleanor (${SOURCE}:1:1)`), { name: '' })
    expect(causesOf(nameless)[0]?.at[0]).toMatch(HERE)
  })

  it('are told of an error without a message, and of one whose message came later', () => {
    // As V8 writes it; what runs the tests puts a colon behind the name all the same.
    const silent = new Error()
    silent.stack = `Error\n    at f (${SOURCE}:1:1)`
    expect(causesOf(silent)[0]?.at).toEqual(['apps/api/src/core/causes.ts:1'])
    silent.message = CANARY
    expect(causesOf(silent)[0]?.at).toEqual(['apps/api/src/core/causes.ts:1'])
    expect(written(silent)).not.toContain('Eleanor')
  })

  it('end, however long the chain, the stack or the circle is', () => {
    let long = new Error('end')
    for (let i = 0; i < 1000; i += 1) long = new Error('x', { cause: long })
    expect(causesOf(long)).toHaveLength(6)
    const circle = new Error('x')
    circle.cause = circle
    expect(causesOf(circle)).toHaveLength(1)
    expect(causesOf(new AggregateError(Array(100).fill(long)))).toHaveLength(6)
    const deep = new Error('x')
    deep.stack = `Error: x${`\n    at f (${SOURCE}:1:1)`.repeat(1000)}`
    expect(causesOf(deep)[0]?.at).toEqual(Array(10).fill('apps/api/src/core/causes.ts:1'))
  })

  it('are told of whatever was thrown', () => {
    for (const thrown of [undefined, null, CANARY, { message: CANARY }, 7]) {
      expect(causesOf(thrown)).toEqual([{ name: 'unknown', at: [] }])
    }
    const trap = new Error('x')
    Object.defineProperty(trap, 'cause', {
      get: () => {
        throw new Error(CANARY)
      },
    })
    expect(causesOf(trap)).toEqual([{ name: 'unreadable', at: [] }])
  })
})
