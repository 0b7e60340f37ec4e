import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Database } from '@chartward/db'
import type { FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createServer } from '../server.ts'
import { createTestHouse } from '../services/exports/testing/house.ts'
import { condition, ndjson, patient } from '../services/import/testing/inputs.ts'
import { PIECE_BYTES } from '../services/uploads/pieces.ts'
import { uploadsRouter } from '../services/uploads/router.ts'
import { answerTo, beginUpload, upload } from '../services/uploads/testing/uploading.ts'
import { finishWork } from '../services/works/testing/finish-work.ts'
import { auditEntries } from '../testing/entries.ts'
import { signInAs, type TestSignIn } from '../testing/sign-in.ts'
import type { TestApp } from '../testing/test-app.ts'
import { createCallerFactory } from '../trpc/trpc.ts'

let house: TestApp
let server: FastifyInstance
let administrator: TestSignIn
let owner: Database
beforeAll(async () => {
  house = await createTestHouse()
  owner = house.database.open('chartward_owner', 1)
  server = await createServer({
    app: house.app,
    host: '127.0.0.1',
    port: 0,
    tls: undefined,
    trustedProxy: undefined,
    consoleFolder: null,
  })
  await server.listen({ host: '127.0.0.1', port: 0 })
})
beforeEach(async () => {
  administrator = await signInAs(house.app, 'administrator')
})
afterAll(async () => {
  await server?.close()
  await house?.stop()
})

const left = async () => {
  const [row] = await owner.sql<{ pieces: number; uploads: number }[]>`
    select (select count(*)::int from upload_pieces) as pieces, (select count(*)::int from uploads) as uploads`
  return row
}
const report = async (id: string | undefined) =>
  createCallerFactory(uploadsRouter)(administrator.context).get({ id: id ?? '' })

const LINES = ndjson(patient('u1', 'Quillfeather'), condition('u2', 'u1', 'Asthma'))

describe('a file that is uploaded', () => {
  afterEach(async () => {
    await owner.sql`delete from upload_pieces`
  })

  it('waits sealed, is imported as untrusted, and leaves nothing of itself', async () => {
    const token = administrator.token
    const { status, body } = await upload(server, LINES, { token })
    expect(status).toBe(201)
    const [piece] = await owner.sql<{ content: Buffer }[]>`
      select content from upload_pieces where upload_id = ${body.id ?? ''}`
    expect(piece?.content.includes('Quillfeather')).toBe(false)
    const entry = (await auditEntries(house.app, 'import.uploaded')).at(-1)
    expect(entry).toMatchObject({
      outcome: 'success',
      actor: { kind: 'user', id: administrator.userId },
      resource: { type: 'Upload', id: body.id },
      change: {
        after: {
          source: 'upload.lab',
          bytes: LINES.length,
          sha256: createHash('sha256').update(LINES).digest('hex'),
        },
      },
    })
    await finishWork(house.app, body.workId ?? '')
    expect(await report(body.id)).toMatchObject({
      patients: 1,
      import: { state: 'done' },
      report: { created: 2, rejected: 0, problems: [] },
    })
    const written = (await auditEntries(house.app, 'record.imported')).at(-1)
    expect(written).toMatchObject({
      requestId: entry?.requestId,
      facts: { source: 'upload.lab', trusted: false },
    })
    expect((await left())?.pieces).toBe(0)
  })

  it('may be longer than a piece, and comes out as it went in', async () => {
    const text = ndjson(
      patient('w1', 'Umbridge'),
      ...Array.from({ length: 3 }, (_, i) => condition(`w${i + 2}`, 'w1', 'x'.repeat(PIECE_BYTES))),
    )
    const { body } = await upload(server, text, { token: administrator.token })
    expect((await left())?.pieces).toBe(4)
    await finishWork(house.app, body.workId ?? '')
    expect((await report(body.id)).report).toMatchObject({ created: 4, rejected: 0 })
  })

  it.each([
    ['gzip', 'application/gzip', gzipSync(ndjson(patient('g1', 'Vane')))],
    [
      'a Bundle',
      'application/fhir+json',
      JSON.stringify({
        resourceType: 'Bundle',
        type: 'collection',
        entry: [{ resource: patient('g2', 'Vane') }],
      }),
    ],
  ])('may be %s', async (_, type, bytes) => {
    const { body } = await upload(server, bytes, { token: administrator.token, type })
    await finishWork(house.app, body.workId ?? '')
    expect((await report(body.id)).report).toMatchObject({ created: 1, rejected: 0 })
  })

  it.each([
    ['a gzip that is cut off', gzipSync(ndjson(patient('h1', 'Vane'))).subarray(0, 60), 'gzip-damaged'],
    ['bytes of anything', Buffer.from([0, 255, 1, 254, 10, 7, 200]), 'not-fhir-json'],
    ['JSON without an end', `${'['.repeat(100_000)}\n`, 'not-json'],
    [
      'a line of 33 MiB',
      Buffer.concat([Buffer.alloc(33 * 1024 * 1024, 'x'), Buffer.from('\n{}\n')]),
      'line-too-long',
    ],
    ['one key twice', '{"resourceType":"Patient","id":"d1","id":"d2"}\n', 'duplicate-key'],
    ['nothing but blanks', '\n\n  \n', 'empty-file'],
  ])('that is %s is reported, and ends nothing', async (_, bytes, code) => {
    const { status, body } = await upload(server, bytes, { token: administrator.token })
    expect(status).toBe(201)
    await finishWork(house.app, body.workId ?? '')
    const { import: work, report: told } = await report(body.id)
    expect(work?.state).toBe('done')
    expect(told?.reasons.map((reason) => reason.code)).toContain(code)
    expect((await left())?.pieces).toBe(0)
  })

  it('is told of by place, type and reason, and never by an id or a value', async () => {
    const text = ndjson({
      resourceType: 'Observation',
      id: 'ssn-123-45-6789',
      subject: { reference: 'Patient/Mallory' },
    })
    const { body } = await upload(server, text, { token: administrator.token })
    await finishWork(house.app, body.workId ?? '')
    const told = await report(body.id)
    expect(told.report?.problems).toMatchObject([{ line: 1, type: 'Observation', code: 'missing-patient' }])
    expect(JSON.stringify(told)).not.toMatch(/123-45|Mallory/)
  })
})

describe('an upload is refused', () => {
  type Headers = Readonly<Record<string, string>>
  const whole: Headers = { 'content-length': String(LINES.length) }
  const chunked: Headers = { 'transfer-encoding': 'chunked' }
  const nothing: Headers = { 'content-length': '0' }

  it.each([
    ['of nobody', async () => ({ token: 'x'.repeat(40) }), 401, 'UNAUTHENTICATED'],
    ['of a clinician', async () => signInAs(house.app, 'clinician'), 403, 'FORBIDDEN'],
    ['of a billing clerk', async () => signInAs(house.app, 'billing'), 403, 'FORBIDDEN'],
    ['of a privacy officer', async () => signInAs(house.app, 'privacy-officer'), 403, 'FORBIDDEN'],
  ])('%s', async (_, person, status, code) => {
    const before = await left()
    const answer = await upload(server, LINES, { token: (await person()).token })
    expect([answer.status, answer.body.chartward]).toEqual([status, code])
    expect(await left()).toEqual(before)
  })

  it.each([
    ['of another type', { type: 'text/plain', headers: whole }],
    ['of a type with more to it', { type: 'application/fhir+json; charset=x', headers: whole }],
    ['as a form of a page elsewhere', { type: 'multipart/form-data; boundary=x', headers: whole }],
    ['with an encoding', { headers: { ...whole, 'content-encoding': 'gzip' } }],
    ['that does not say its length', { headers: chunked }],
    ['that is empty', { headers: nothing }],
    ['of a source that is no name', { source: 'Main%20Hospital', headers: whole }],
    ['of a source with a dot', { source: 'upload.lab', headers: whole }],
  ])('%s', async (_, sending) => {
    const before = await left()
    const sent = beginUpload(server, { token: administrator.token, ...sending })
    sent.on('error', () => undefined)
    sent.end(sending.headers === nothing ? undefined : LINES)
    const { status, body } = await answerTo(sent)
    expect([status, body.chartward]).toEqual([400, 'INVALID_INPUT'])
    expect(await left()).toEqual(before)
  })

  it('that is too long, before any of it is read', async () => {
    const sent = beginUpload(server, {
      token: administrator.token,
      headers: { 'content-length': String(512 * 1024 * 1024 + 1) },
    })
    sent.on('error', () => undefined)
    sent.flushHeaders()
    expect((await answerTo(sent)).status).toBe(400)
    sent.destroy()
  })

  it('from another site', async () => {
    const { status } = await upload(server, LINES, {
      token: administrator.token,
      headers: { 'sec-fetch-site': 'cross-site' },
    })
    expect(status).toBe(403)
  })

  it('while an earlier one of the same person is not imported', async () => {
    const { token } = administrator
    const first = await upload(server, LINES, { token })
    expect((await upload(server, LINES, { token })).body.chartward).toBe('CONFLICT')
    const other = await signInAs(house.app, 'administrator')
    const second = await upload(server, LINES, { token: other.token })
    expect(second.status).toBe(201)
    for (const { body } of [first, second]) await finishWork(house.app, body.workId ?? '')
    expect((await upload(server, LINES, { token })).status).toBe(201)
    await owner.sql`delete from upload_pieces`
  })
})

describe('an upload that comes to no end', () => {
  const begun = async (by: TestSignIn) => {
    const sent = beginUpload(server, {
      token: by.token,
      headers: { 'content-length': String(3 * PIECE_BYTES) },
    })
    sent.on('error', () => undefined)
    sent.write(Buffer.alloc(2 * PIECE_BYTES, 'x'))
    await expect.poll(async () => (await left())?.pieces, { timeout: 20_000 }).toBeGreaterThan(0)
    return sent
  }

  it('leaves nothing where the connection breaks, and says so in the log', async () => {
    const before = await left()
    const sent = await begun(administrator)
    sent.destroy()
    await expect.poll(left, { timeout: 20_000 }).toEqual(before)
    await expect
      .poll(async () => (await auditEntries(house.app, 'import.uploaded')).at(-1), { timeout: 20_000 })
      .toMatchObject({ outcome: 'failure', actor: { id: administrator.userId } })
  })

  it('is the only one of its person, and others have places too', async () => {
    const sent = await begun(administrator)
    const again = await upload(server, LINES, { token: administrator.token })
    expect([again.status, again.body.chartward]).toEqual([429, 'TOO_MANY_REQUESTS'])
    const others = await Promise.all([0, 1].map(() => signInAs(house.app, 'administrator')))
    const all = [sent, ...(await Promise.all(others.map(begun)))]
    const fourth = await signInAs(house.app, 'administrator')
    expect((await upload(server, LINES, { token: fourth.token })).status).toBe(429)
    for (const one of all) one.destroy()
    await expect.poll(async () => (await left())?.pieces, { timeout: 20_000 }).toBe(0)
  })

  it('counts for nothing where whoever sends it has lost the right meanwhile', async () => {
    const before = await left()
    const sent = await begun(administrator)
    await owner.sql`update users set status = 'deactivated' where id = ${administrator.userId}`
    const answer = answerTo(sent)
    sent.end(Buffer.alloc(PIECE_BYTES, 'x'))
    expect((await answer).status).toBe(403)
    expect(await left()).toEqual(before)
  })
})
