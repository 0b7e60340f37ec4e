import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { ACTIONS, type Action, type ActionSpec } from './actions.ts'
import { toHex, utf8 } from './bytes.ts'
import { canonicalise } from './canonical.ts'
import { checkEntry } from './check-entry.ts'
import type { AuditEntry, AuditEntryBase, EntryChange, EntryRecords, EntryWriter } from './entry.ts'
import type { JsonObject } from './json.ts'
import { entryBytes, leafHash, MAX_ENTRY_BYTES, nodeHash, noteCommitment, parseEntry } from './leaf.ts'
import { flipped, mintEntry } from './testing/mint.ts'

const code = (expected: string) => expect.objectContaining({ name: 'AuditError', code: expected })
/** An entry with other fields, as it might stand in a damaged row. */
const spoilt = (fields: Record<string, unknown>): JsonObject =>
  JSON.parse(JSON.stringify({ ...mintEntry(), ...fields }))

const change: EntryChange = { before: null, after: { status: 'active' } }
const records: EntryRecords = { digest: 'ab'.repeat(32), count: 1 }
const patientId = '01936b2c-7d1e-7000-a000-000000000000'

/** An entry that holds all that `action` demands, and nothing that it forbids. */
const complete = (action: Action): AuditEntryBase => {
  const spec: ActionSpec = ACTIONS[action]
  return {
    ...mintEntry(),
    action,
    patientId: spec.patient === 'none' ? null : patientId,
    records: spec.records === 'required' ? records : null,
    change: spec.change === 'required' ? change : null,
  }
}
const actions = Object.keys(ACTIONS).filter((action): action is Action => action in ACTIONS)

describe('an entry', () => {
  it('comes back from its bytes, for every action', () => {
    for (const action of actions) {
      const entry = checkEntry(complete(action))
      expect(parseEntry(entryBytes(entry))).toEqual(entry)
    }
  })

  it('has the same bytes whatever the order its fields were set in', () => {
    const reversed = checkEntry(Object.fromEntries(Object.entries(mintEntry()).reverse()))
    expect(entryBytes(reversed)).toEqual(entryBytes(mintEntry()))
  })

  it.each([
    { kind: 'user', id: 'u' },
    { kind: 'service', name: 's' },
    { kind: 'system', name: 's' },
    { kind: 'anonymous' },
  ])('may be by $kind', (actor) => {
    expect(checkEntry(spoilt({ actor })).actor).toEqual(actor)
  })

  it('says which of its writer’s it is, and which were void', () => {
    const { process } = mintEntry().writer
    const writer: EntryWriter = {
      process,
      number: 12,
      settled: 10,
      void: [
        [2, 2],
        [4, 9],
      ],
    }
    expect(parseEntry(entryBytes({ ...mintEntry(), writer })).writer).toEqual(writer)
  })

  it('carries before and after exactly where its action says so', () => {
    for (const action of actions) {
      const entry = complete(action)
      const other = { ...entry, change: entry.change === null ? change : null }
      expect(() => checkEntry(other), action).toThrowError(code('malformed-entry'))
    }
  })

  it('names a patient, and the records it wrote, where its action says so', () => {
    for (const action of actions) {
      const { patient, records: wrote }: ActionSpec = ACTIONS[action]
      const entry = complete(action)
      if (patient === 'required')
        expect(() => checkEntry({ ...entry, patientId: null })).toThrowError(code('malformed-entry'))
      if (patient === 'optional') expect(checkEntry({ ...entry, patientId: null }).patientId).toBeNull()
      if (patient === 'none')
        expect(() => checkEntry({ ...entry, patientId })).toThrowError(code('malformed-entry'))
      const other = { ...entry, records: wrote === 'required' ? null : records }
      expect(() => checkEntry(other), action).toThrowError(code('malformed-entry'))
    }
  })

  it('may lack what its action demands where the attempt failed, was refused, or a code was asked for first', () => {
    for (const action of actions) {
      for (const outcome of ['failure', 'refused', 'asked'] as const) {
        const entry = { ...complete(action), outcome, patientId: null, records: null, change: null }
        expect(checkEntry(entry)).toEqual(entry)
      }
    }
  })

  it('is demanded by its type to carry what its action demands', () => {
    type Invited = Extract<AuditEntry<'user.invited'>, { outcome: 'success' }>
    type InviteRefused = Extract<AuditEntry<'user.invited'>, { outcome: 'failure' | 'refused' | 'asked' }>
    type Viewed = Extract<AuditEntry<'patient.viewed'>, { outcome: 'success' }>
    type Imported = Extract<AuditEntry<'record.imported'>, { outcome: 'success' }>
    expectTypeOf<Invited['change']>().toEqualTypeOf<EntryChange>()
    expectTypeOf<Invited['patientId']>().toEqualTypeOf<null>()
    expectTypeOf<InviteRefused['change']>().toEqualTypeOf<EntryChange | null>()
    expectTypeOf<Viewed['change']>().toEqualTypeOf<null>()
    expectTypeOf<Viewed['patientId']>().toEqualTypeOf<string>()
    expectTypeOf<Imported['records']>().toEqualTypeOf<EntryRecords>()
    expectTypeOf<Imported['patientId']>().toEqualTypeOf<string | null>()
    expectTypeOf<AuditEntry>().toExtend<AuditEntryBase>()
  })

  it('fits a tlog-tiles entry bundle, or is refused before it is written', () => {
    const entry = { ...mintEntry(), userAgent: 'x'.repeat(MAX_ENTRY_BYTES) }
    expect(() => entryBytes(entry)).toThrowError(code('entry-too-large'))
    expect(() => parseEntry(new Uint8Array(MAX_ENTRY_BYTES + 1))).toThrowError(code('entry-too-large'))
  })
})

describe('parseEntry refuses', () => {
  const fields = Object.keys(mintEntry())

  it.each(fields)('an entry without %s', (field) => {
    const rest = Object.fromEntries(Object.entries(spoilt({})).filter(([key]) => key !== field))
    expect(() => parseEntry(canonicalise(rest))).toThrowError()
  })

  it.each(fields)('an entry whose %s is of another type', (field) => {
    for (const value of [{ unknown: [{}] }, [[1]], true, -1.5]) {
      expect(() => parseEntry(canonicalise(spoilt({ [field]: value })))).toThrowError()
    }
  })

  const writer: EntryWriter = { ...mintEntry().writer, number: 9, settled: 7, void: [[2, 3]] }
  const spoils: [string, Record<string, unknown>][] = [
    ['an unknown key', { extra: 1 }],
    ['an id of another UUID version', { id: '01936b2c-7d1e-4000-8000-000000000000' }],
    ['an id in capitals', { id: '01936B2C-7D1E-7000-8000-000000000000' }],
    ['a time without microseconds', { at: '2026-11-22T02:47:00.000Z' }],
    ['a time with an offset', { at: '2026-11-22T02:47:00.000000+00:00' }],
    ['a day that does not exist', { at: '2026-02-30T02:47:00.000000Z' }],
    ['a minute that does not exist', { at: '2026-11-22T02:60:00.000000Z' }],
    ['an actor of an unknown kind', { actor: { kind: 'robot', id: 'u' } }],
    ['an actor with an unknown key', { actor: { kind: 'anonymous', id: 'u' } }],
    ['a user without an id', { actor: { kind: 'user' } }],
    ['an unknown outcome', { outcome: 'maybe' }],
    ['a resource with an unknown key', { resource: { type: 'patient', id: null, name: 'x' } }],
    ['a patient id that is no UUID', { patientId: '123-45-6789' }],
    ['fields out of order', { fields: ['b', 'a'] }],
    ['a field twice', { fields: ['a', 'a'] }],
    ['an object among the facts', { facts: { a: { b: 1 } } }],
    ['a list in a list among the facts', { facts: { a: [[1]] } }],
    ['a note hash that is no hash', { noteHash: 'ab' }],
    ['a negative count', { count: -1 }],
    ['a count that is not whole', { count: 1.5 }],
    ['a writer that is no UUID', { writer: { ...writer, process: 'api-1' } }],
    ['a writer with an unknown key', { writer: { ...writer, host: 'api' } }],
    ['a number below the first', { writer: { ...writer, number: 0, settled: 0 } }],
    ['a number that settles itself', { writer: { ...writer, number: 9, settled: 9 } }],
    ['a number that is void in its own entry', { writer: { ...writer, void: [[9, 9]] } }],
    ['a void number below the first', { writer: { ...writer, void: [[0, 2]] } }],
    ['void numbers from last to first', { writer: { ...writer, void: [[4, 3]] } }],
    [
      'void numbers that are not in order',
      {
        writer: {
          ...writer,
          void: [
            [5, 6],
            [1, 2],
          ],
        },
      },
    ],
    [
      'void numbers in two ranges that are one',
      {
        writer: {
          ...writer,
          void: [
            [1, 2],
            [3, 4],
          ],
        },
      },
    ],
  ]
  it.each(spoils)('%s', (_, fields) => {
    expect(() => parseEntry(canonicalise(spoilt(fields)))).toThrowError(code('malformed-entry'))
  })

  it('a change with an unknown key, or a snapshot that is no object', () => {
    for (const spoiltChange of [
      { before: null },
      { before: null, after: null, diff: 1 },
      { before: 1, after: null },
    ]) {
      const entry = spoilt({ action: 'user.invited', patientId: null, change: spoiltChange })
      expect(() => parseEntry(canonicalise(entry))).toThrowError(code('malformed-entry'))
    }
  })

  it('another version and an unknown action, by names of their own', () => {
    expect(() => parseEntry(canonicalise(spoilt({ v: 2 })))).toThrowError(code('unsupported-version'))
    expect(() => parseEntry(canonicalise(spoilt({ action: 'patient.eaten' })))).toThrowError(
      code('unknown-action'),
    )
    expect(() => parseEntry(canonicalise(spoilt({ action: 'toString' })))).toThrowError(
      code('unknown-action'),
    )
  })

  const text = new TextDecoder().decode(entryBytes(mintEntry()))
  const spellings: [string, string][] = [
    ['white space', `${text} `],
    ['a byte order mark', `\ufeff${text}`],
    ['keys in another order', JSON.stringify(mintEntry())],
    ['a repeated key', text.replace('"v":1', '"v":1,"v":1')],
    ['a needless escape', text.replace('treatment', '\\u0074reatment')],
    ['a number spelt otherwise', text.replace('"v":1', '"v":1.0')],
  ]
  it.each(spellings)('%s: one entry has one spelling', (_, spelling) => {
    expect(() => parseEntry(utf8(spelling))).toThrowError()
  })

  it('what is not JSON in UTF-8, without repeating it', () => {
    for (const bytes of [
      utf8('John Doe'),
      Uint8Array.of(0xff),
      new Uint8Array(0),
      utf8('['.repeat(60_000)),
    ]) {
      expect(() => parseEntry(bytes)).toThrowError(code('malformed-entry'))
    }
    expect(() => parseEntry(utf8('John Doe'))).not.toThrowError(/John/)
  })

  it('a snapshot nested too deeply to be walked', () => {
    const nested = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    const entry = spoilt({
      action: 'user.invited',
      patientId: null,
      change: { before: null, after: { a: 'HERE' } },
    })
    const bytes = utf8(new TextDecoder().decode(canonicalise(entry)).replace('"HERE"', nested))
    expect(() => parseEntry(bytes)).toThrowError(code('malformed-entry'))
  })

  it('or else reads another entry: no flipped bit goes unseen', () => {
    const bytes = entryBytes(mintEntry())
    fc.assert(
      fc.property(fc.nat(bytes.length * 8 - 1), (bit) => {
        const other = flipped(bytes, bit)
        expect(leafHash(other)).not.toEqual(leafHash(bytes))
        let again: Uint8Array | null = null
        try {
          again = entryBytes(parseEntry(other))
        } catch {
          return
        }
        expect(again).toEqual(other)
      }),
      { seed: 3, numRuns: 300 },
    )
  })
})

describe('hashes', () => {
  it('of leaves and nodes are domain-separated as RFC 9162 section 2.1.1 asks', () => {
    expect(toHex(leafHash(new Uint8Array(0)))).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    )
    const leaves = ['', '00'].map((hex) => leafHash(Uint8Array.from(Buffer.from(hex, 'hex'))))
    const [left, right] = leaves
    if (left === undefined || right === undefined) throw new Error('two leaves')
    expect(toHex(nodeHash(left, right))).toBe(
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    )
  })

  it('of notes differ by salt and by text, and not by where one ends', () => {
    const salt = new Uint8Array(16).fill(0x41)
    expect(noteCommitment(salt, 'text')).toMatch(/^[0-9a-f]{64}$/)
    expect(noteCommitment(salt, 'text')).toBe(noteCommitment(salt, 'text'))
    expect(noteCommitment(salt, 'text')).not.toBe(noteCommitment(salt, 'texts'))
    expect(noteCommitment(salt, 'A')).not.toBe(noteCommitment(new Uint8Array(17).fill(0x41), ''))
    expect(() => noteCommitment(new Uint8Array(15), 'text')).toThrowError(code('invalid-salt'))
    expect(() => noteCommitment(salt, '\ud800')).toThrowError(code('malformed-text'))
  })
})
