import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FhirInput, type ReadOptions, readFhir } from './read.ts'
import { collect, streamOf, utf8 } from './testing/streams.ts'

const patient = (id: string, more: object = {}) => ({ resourceType: 'Patient', id, ...more })
const bundleOf = (...resources: object[]) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map((resource) => ({ resource })),
})
const read = (input: string | Uint8Array, options: ReadOptions = {}, sizes: readonly number[] = []) =>
  collect(readFhir(streamOf(input, sizes), options))

/** What was read, in short: `3 resource p1`, `4 error not-json`. */
const told = (inputs: readonly FhirInput[]): string[] =>
  inputs.map((input) =>
    input.kind === 'error'
      ? `${input.line} error ${input.error.code}`
      : input.kind === 'skipped'
        ? `${input.line} skipped ${input.code}`
        : `${input.line} ${input.kind} ${input.resources.map(({ resource }) => resource.id).join(' ')}`,
  )

describe('reading FHIR from bytes', () => {
  it('reads NDJSON of resources and of Bundles, mixed, with blank lines, CRLF, a byte order mark and no last newline', async () => {
    const text = `\ufeff${JSON.stringify(patient('p1'))}\r\n\r\n   \n${JSON.stringify(bundleOf(patient('p2'), patient('p3')))}\n${JSON.stringify(patient('p4'))}`
    expect(told(await read(text))).toEqual(['1 resource p1', '4 bundle p2 p3', '5 resource p4'])
  })

  it('reads one document over many lines, however it is indented', async () => {
    const document = bundleOf(patient('p1', { name: [{ family: 'Łę "}{" \\' }] }), patient('p2'))
    for (const indent of [1, 2, '\t']) {
      const text = `\n${JSON.stringify(document, null, indent)}\n`
      const [input, ...more] = await read(text)
      expect(more).toEqual([])
      expect(input).toMatchObject({ kind: 'bundle', line: 2, bytes: utf8(text).length - 2 })
    }
    expect(told(await read(JSON.stringify(patient('p1'), null, 2)))).toEqual(['1 resource p1'])
  })

  it('gives the fullUrl of each entry', async () => {
    const entry = [{ fullUrl: 'urn:uuid:x', resource: patient('p1') }, { resource: patient('p2') }]
    const [input] = await read(JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }))
    expect(input).toMatchObject({ resources: [{ fullUrl: 'urn:uuid:x' }, { fullUrl: null }] })
  })

  it('reports a corrupt line by number and reads the rest, wherever it stands', async () => {
    const good = (id: string) => JSON.stringify(patient(id))
    const cut = '{"resourceType":"Patient","id":"p'
    expect(told(await read([good('a'), cut, good('b'), 'junk'].join('\n')))).toEqual([
      '1 resource a',
      '2 error not-json',
      '3 resource b',
      '4 error not-json',
    ])
    // The first line could be the beginning of a document: cut inside a string, between two tokens, or junk.
    for (const first of [
      cut,
      '{"resourceType":"Patient",',
      '{"resourceType":"Patient","name":[{',
      'junk',
      '[',
    ]) {
      expect(told(await read([first, good('b'), good('c')].join('\n'))), first).toEqual([
        '1 error not-json',
        '2 resource b',
        '3 resource c',
      ])
    }
    expect(told(await read('{"resourceType":"Patient",\n{"resourceType":"Pat'))).toEqual([
      '1 error not-json',
      '2 error not-json',
    ])
  })

  it('reports a damaged document once, by the line it begins on', async () => {
    const text = JSON.stringify(bundleOf(patient('p1')), null, 2)
    expect(told(await read(`\n${text.slice(0, -4)}`))).toEqual(['2 error not-json'])
    expect(told(await read(`${text}\n]`))).toEqual(['1 error not-json'])
  })

  it('takes the good entries of a Bundle and reports the others by place', async () => {
    const entry = [{ resource: patient('p1') }, { fullUrl: 'urn:uuid:x' }, { resource: patient('p2') }]
    const [error, bundle] = await read(JSON.stringify({ resourceType: 'Bundle', type: 'collection', entry }))
    expect(error?.kind === 'error' && error.error.message).toContain('Entry 2')
    expect(told(bundle === undefined ? [] : [bundle])).toEqual(['1 bundle p1 p2'])
  })

  describe('a Bundle', () => {
    const bundle = (type: string, ...entry: object[]) =>
      JSON.stringify({ resourceType: 'Bundle', type, entry })

    it.each(['document', 'message', 'searchset', 'batch'])('of type %s gives its entries', async (type) => {
      expect(told(await read(bundle(type, { resource: patient('p1') })))).toEqual(['1 bundle p1'])
    })

    it('leaves out what is no record, and says so', async () => {
      const outcome = {
        resource: { resourceType: 'OperationOutcome', issue: [] },
        search: { mode: 'outcome' },
      }
      const header = { resource: { resourceType: 'MessageHeader', id: 'h' } }
      const text = `${bundle('searchset', outcome, header, { resource: patient('p1') })}\n${JSON.stringify(outcome.resource)}`
      expect(told(await read(text))).toEqual([
        '1 skipped operation-outcome',
        '1 skipped message-header',
        '1 bundle p1',
        '2 skipped operation-outcome',
      ])
    })

    it.each(['transaction-response', 'batch-response'])(
      'of type %s is refused as what it is',
      async (type) => {
        const [input] = await read(bundle(type, { response: { status: '201' } }))
        expect(input?.kind === 'error' && input.error.message).toContain('what a server answered')
      },
    )

    it('that is a history gives its versions oldest first, and what was deleted', async () => {
      const version = (id: string, lastUpdated?: string) => ({
        resource: patient(id, lastUpdated === undefined ? {} : { meta: { lastUpdated } }),
        request: { method: 'PUT', url: `Patient/${id}` },
      })
      const gone = {
        request: { method: 'DELETE', url: 'Patient/p1' },
        response: { lastModified: '2026-01-03T00:00:00Z' },
      }
      const dated = bundle(
        'history',
        version('a', '2026-01-01T00:00:00Z'),
        gone,
        version('b', '2026-01-02T00:00:00Z'),
      )
      expect(told(await read(dated))).toEqual(['1 bundle a b p1'])
      const [input] = await read(bundle('history', { request: gone.request }, version('b'), version('a')))
      expect(input?.kind === 'bundle' && input.resources.map(({ isDeleted }) => isDeleted)).toEqual([
        false,
        false,
        true,
      ])
      const search = { request: { method: 'DELETE', url: 'Patient?identifier=7' } }
      expect(told(await read(bundle('transaction', search)))).toEqual(['1 error bundle-entry', '1 bundle '])
    })

    it('in a Bundle gives its entries by their places, and not without end', async () => {
      const inner = { resourceType: 'Bundle', type: 'document', entry: [{ resource: patient('p2') }, {}] }
      const inputs = await read(bundle('collection', { resource: patient('p1') }, { resource: inner }))
      expect(inputs).toMatchObject([
        { kind: 'error', entry: '2.2' },
        { kind: 'bundle', resources: [{ entry: '2.1' }, { entry: '1' }] },
      ])
      let nested: object = patient('p1')
      for (let depth = 0; depth < 5; depth += 1)
        nested = { resourceType: 'Bundle', type: 'collection', entry: [{ resource: nested }] }
      expect(told(await read(JSON.stringify(nested)))).toEqual(['1 error bundle-entry', '1 bundle '])
      const answer = { resource: { resourceType: 'Bundle', type: 'batch-response', entry: [] } }
      const [refused] = await read(bundle('collection', answer, { resource: patient('p1') }))
      expect(refused).toMatchObject({ kind: 'error', entry: '1', error: { code: 'bundle-type' } })
    })
  })

  it.each([
    ['UTF-16', Buffer.from(`\ufeff${JSON.stringify(patient('a'))}\n`.repeat(3), 'utf16le')],
    ['UTF-16', Buffer.from(`${JSON.stringify(patient('a'))}\n`.repeat(3), 'utf16le')],
    [
      'FHIR in XML',
      '<?xml version="1.0"?>\n<Patient xmlns="http://hl7.org/fhir">\n<id value="a"/>\n</Patient>',
    ],
    ['CDA', '<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3">\n</ClinicalDocument>'],
    ['web page', '<!DOCTYPE html>\n<html><body>Sign in</body></html>'],
    ['XML, and no FHIR', '<?xml version="1.0"?>\n'],
    ['HL7 version 2', 'MSH|^~\\&|LAB|A|B|C|20260101||ORU^R01|1|P|2.5\rPID|1||7\r'],
    ['CSV', 'id,family,born\n1,Okafor,1970-01-01\n2,Obi,1971-01-01\n'],
    ['CSV', 'id;family\n1;Okafor\n'],
    ['a list in JSON', `[${JSON.stringify(patient('a'))}]`],
    ['a list in JSON', `[\n${JSON.stringify(patient('a'))},\n${JSON.stringify(patient('b'))}\n]`],
    ['a list in JSON', JSON.stringify([patient('a'), patient('b')], null, 2)],
    ['PDF', '%PDF-1.7\n%\n1 0 obj\n'],
    ['zip', 'PK\u0003\u0004abc\ndef\n'],
  ])('names what is no FHIR in JSON as what it is, once: %s', async (name, input) => {
    const inputs = await read(input)
    expect(told(inputs)).toEqual(['1 error not-fhir-json'])
    expect(inputs[0]?.kind === 'error' && inputs[0].error.message).toContain(name)
  })

  it('takes a first line that only looks like a table for a damaged one', async () => {
    expect(told(await read(`id,name\n${JSON.stringify(patient('a'))}`))).toEqual([
      '1 error not-json',
      '2 resource a',
    ])
    expect(told(await read('id,name'))).toEqual(['1 error not-json'])
  })

  it('takes nothing of a Bundle of another release', async () => {
    const stu3 = bundleOf(patient('p1'), { resourceType: 'Claim', id: 'c1', information: [] })
    expect(told(await read(`${JSON.stringify(stu3)}\n${JSON.stringify(patient('p2'))}`))).toEqual([
      '1 error wrong-fhir-version',
      '2 resource p2',
    ])
  })

  it('reads the same whatever the chunks', async () => {
    const line = fc.oneof(
      fc
        .string({ unit: 'binary', maxLength: 8 })
        .map((id) => JSON.stringify(patient('p', { id, text: 'ß漢🙂' }))),
      fc.constant(''),
      fc.constant('\r'),
      fc.constant('{"cut'),
      fc.constant('{'),
      fc.constant('}'),
      fc.constant('"resourceType": "Patient"'),
      fc.constant(JSON.stringify(bundleOf(patient('b')))),
      fc.constant('x'.repeat(300)),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
        async (lines, sizes) => {
          const text = lines.join('\n')
          const limits = { maxLineBytes: 250, maxDocumentBytes: 400 }
          expect(await read(text, limits, sizes)).toEqual(await read(text, limits))
        },
      ),
      { numRuns: 150, seed: 20_261_122 },
    )
  })

  it('is not harmed by a producer that fills one buffer again and again', async () => {
    const text = utf8(
      [patient('a'), patient('b'), patient('c')].map((item) => JSON.stringify(item)).join('\n'),
    )
    async function* reusing() {
      const buffer = new Uint8Array(7)
      for (let start = 0; start < text.length; start += 7) {
        const part = text.subarray(start, start + 7)
        buffer.set(part)
        yield buffer.subarray(0, part.length)
      }
    }
    expect(told(await collect(readFhir(reusing())))).toEqual(['1 resource a', '2 resource b', '3 resource c'])
  })

  it('skips a line of 200 MB without holding it, says which, and reads on', async () => {
    const chunk = new Uint8Array(1024 * 1024).fill(0x20)
    let held = 0
    async function* endless() {
      yield utf8(`${JSON.stringify(patient('a'))}\n{"resourceType":"`)
      const before = process.memoryUsage().arrayBuffers
      for (let count = 0; count < 200; count += 1) {
        yield chunk
        held = Math.max(held, process.memoryUsage().arrayBuffers - before)
      }
      yield utf8(`"}\n${JSON.stringify(patient('b'))}\n`)
    }
    const inputs = await collect(readFhir(endless(), { maxLineBytes: 4 * 1024 * 1024 }))
    expect(told(inputs)).toEqual(['1 resource a', '2 error line-too-long', '3 resource b'])
    expect(held).toBeLessThan(32 * 1024 * 1024)
  })

  it('stops at a document that is too long, and lets go of the stream', async () => {
    let closed = false
    async function* document() {
      try {
        yield utf8('{\n')
        for (;;) yield utf8('"a": [\n')
      } finally {
        closed = true
      }
    }
    expect(told(await collect(readFhir(document(), { maxDocumentBytes: 1000 })))).toEqual([
      '1 error document-too-long',
    ])
    expect(closed).toBe(true)
  })

  it('lets through what the stream itself throws', async () => {
    async function* broken() {
      yield utf8(`${JSON.stringify(patient('a'))}\n`)
      throw new Error('unexpected end of file')
    }
    await expect(collect(readFhir(broken()))).rejects.toThrow('unexpected end of file')
  })
})
