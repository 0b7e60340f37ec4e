import { schema } from '@chartward/db'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { installQueue } from '../../jobs/install-queue.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { as, type Somebody } from '../users/testing/person.ts'
import { carriedOut, dryRun, fileOf, finish, HEADER, problemsOf } from './testing/files.ts'

let t: TestApp
let first: Somebody
let second: Somebody
beforeEach(async () => {
  t = await createTestApp()
  await installQueue(t.database.url('chartward_owner'))
  first = await as(t.app, 'administrator')
  second = await as(t.app, 'administrator')
})
afterEach(() => t.stop())

const reason = 'The new rota of the house'
const newcomer = (name = 'Ada Bee') => ({ name, email: `${newId()}@house.example` })
const userAt = async (email: string) => {
  const { items } = await first.users.list({ text: email })
  return items.find((item) => item.email === email)
}
const linkedTo = async (email: string) =>
  (await t.app.db.orm.select().from(schema.users).where(eq(schema.users.email, email)))[0]
const everything = async () => ({
  users: await t.app.db.sql`select id, status, row_version from users order by id`,
  roles: await t.app.db.sql`select id, ends_at, row_version from role_assignments order by id`,
})
const received = (bytes: Uint8Array) =>
  first.people.importFile({ file: Buffer.from(bytes).toString('base64') })
const errorOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  return ''
}

describe('a file of people', () => {
  it.each([
    ['a quote that nothing closes', `${HEADER}\n"Ada,ada@house.example,,,,,`, /Line 2: a quote is opened/],
    ['a quote in the middle', `${HEADER}\nAda "B",a@house.example,,,,,\n`, /Line 2: /],
    ['a column too few in its header', 'name,email\nAda,a@house.example\n', /employee_number is missing/],
    ['an unknown column', `${HEADER},salary\nAda,a@house.example,,,,,,9\n`, /column 8 is none of/],
    ['a column twice', `${HEADER},email\n`, /column email stands there twice/],
    ['no line', `${HEADER}\n`, /no line after/],
  ])('with %s is refused whole, with its line', async (_, text, says) => {
    expect(await errorOf(received(Buffer.from(text)))).toMatch(says)
    expect((await first.people.list()).items).toEqual([])
  })

  it('of another encoding is refused with its line, and a byte order mark is none of the header', async () => {
    const latin1 = Buffer.from(`${HEADER}\nRen\u00e9,rene@house.example,,,,,\n`, 'latin1')
    expect(await errorOf(received(latin1))).toMatch(/Line 2: this is not UTF-8/)
    expect(await errorOf(received(Buffer.from(`\ufeff${HEADER}\nA,a@b.example,,,,,`, 'utf16le')))).not.toBe(
      '',
    )
    await received(Buffer.from(`\ufeff${HEADER}\nRené,rene@house.example,,,,,\n`))
  })

  it('with a cell that is none is refused with its line, and holds nobody up', async () => {
    const nul = `${HEADER}\nA,a\u0000@b.example,,,,,\n`
    expect(await errorOf(received(Buffer.from(nul)))).toMatch(/Line 2: a cell has a character that is none/)
    const blanks = `${HEADER}\nA,a@b.example,,,,a${' '.repeat(400_000)}b,\n`
    expect(await errorOf(received(Buffer.from(blanks)))).toMatch(/Line 2: a cell has more than 2000 bytes/)
  })

  it('of too many bytes or lines is refused', async () => {
    const long = `${HEADER}\n${'A,a@b.example,,,,,\n'.repeat(5_001)}`
    expect(await errorOf(received(Buffer.from(long)))).toMatch(/more than 5000 lines/)
    expect(await errorOf(received(Buffer.alloc(600 * 1024, 'a')))).not.toBe('')
  })

  it('says of each broken line what is wrong, at its line and column, and changes nothing', async () => {
    const [held, nurse] = [newcomer(), await as(t.app, 'nurse')]
    const { email: ownAddress } = await first.users.get({ id: first.id })
    const { email: nurses } = await first.users.get({ id: nurse.id })
    await carriedOut(t, { first, second }, `${held.name},${held.email},H-1,Ward 4,,nurse,`)
    const before = await everything()
    const { lines } = await dryRun(
      first,
      'Ada,ada@house.example,,',
      'Ada,ada@HOUSE.example,,,,,',
      'Ada,ADA@house.example,,,,,',
      'Ann,\u0430nn@house.example,,,,,',
      'Bea,bea@house.example,h-1,,,,',
      'Cem,cem@house.example,,,nobody@house.example,,',
      'Dag,dag@house.example,,,,wizard,',
      'Eve,eve@house.example,,,,nurse from 2999-01-02 until 2998-01-01,',
      'Fay,fay@house.example,,,,nurse until 2001-01-01,',
      'Gil,gil@house.example,,,,privacy officer,',
      'Hal,hal@house.example,,,,,gone',
      'Ivo,ivo@house.example,,,,,deactivated',
      `,${ownAddress},X-1,,,,`,
      ',joy@house.example,,,,,',
      `,${nurses},,=1+1,,,`,
    )
    expect(problemsOf(lines)).toMatchObject({
      2: [expect.stringContaining('This line has 4 cells')],
      3: [expect.stringContaining('email: Another line names the same address')],
      4: [expect.stringContaining('email: Another line names the same address')],
      5: [expect.stringContaining('email: It mixes letters of several alphabets')],
      6: [expect.stringContaining('employee_number: Somebody else has this number')],
      7: [expect.stringContaining('manager: Nobody has this address or number')],
      8: [expect.stringContaining('roles: There is no such role')],
      9: [expect.stringContaining('roles: The assignment would end before it starts')],
      10: [expect.stringContaining('roles: The assignment would end before it starts')],
      11: [expect.stringContaining('roles: A privileged role is given to nobody who has not enrolled')],
      12: [expect.stringContaining('status: Write active or deactivated')],
      13: [expect.stringContaining('status: Nobody has this address')],
      14: [expect.stringContaining('This is about yourself')],
      15: [expect.stringContaining('name: Nobody has this address yet')],
    })
    // What would be a formula elsewhere is data here, and stays as it was sent.
    expect(lines.find(({ line }) => line === 16)).toMatchObject({
      outcome: 'change',
      changes: [{ what: 'department', from: null, to: '=1+1' }],
    })
    expect(await everything()).toEqual(before)
  })

  it('refuses managers who would stand above themselves, also through each other', async () => {
    const [a, b] = [newcomer('Ann'), newcomer('Bob')]
    await carriedOut(t, { first, second }, `Ann,${a.email},,,,,`, `Bob,${b.email},,,${a.email},,`)
    const { lines } = await dryRun(first, `,${a.email},,,${b.email},,`)
    expect(problemsOf(lines)).toMatchObject({
      2: [expect.stringContaining('manager: They would stand above')],
    })
    const { lines: among } = await dryRun(
      first,
      'Cem,cem@house.example,,,dag@house.example,,',
      'Dag,dag@house.example,,,cem@house.example,,',
      'Eve,eve@house.example,,,eve@house.example,,',
    )
    expect(Object.keys(problemsOf(among))).toEqual(['2', '3', '4'])
  })

  it('refuses what would leave too few, in the line that would', async () => {
    const { email } = await first.users.get({ id: second.id })
    const { lines } = await dryRun(first, `,${email},,,,,deactivated`)
    expect(problemsOf(lines)).toMatchObject({
      2: [expect.stringContaining('status: This would leave fewer')],
    })
  })
})

describe('an import of people', () => {
  it('is carried out as two agreed: accounts, details, roles and states, each with its entries, once', async () => {
    const [boss, ada, leaver, nurse] = [
      newcomer('Bo Oss'),
      newcomer(),
      await as(t.app, 'nurse'),
      await as(t.app, 'nurse'),
    ]
    const addressOf = async ({ id }: Somebody) => (await first.users.get({ id })).email
    const id = await carriedOut(
      t,
      { first, second },
      `Ada Bee,${ada.email},N-7,Ward 4,${boss.email},nurse until 2999-06-30,`,
      `Bo Oss,${boss.email},N-1,Ward 4,-,,active`,
      `,${await addressOf(leaver)},,,,,deactivated`,
      `,${await addressOf(nurse)},N-9,Ward 5,N-1,billing,`,
    )
    expect(await userAt(ada.email)).toMatchObject({
      status: 'invited',
      department: 'Ward 4',
      employeeNumber: 'N-7',
      manager: { displayName: 'Bo Oss' },
      roles: [{ role: 'nurse', endsAt: '2999-07-01T00:00:00.000Z' }],
    })
    expect(await first.users.get({ id: leaver.id })).toMatchObject({ status: 'deactivated' })
    const changed = await first.users.get({ id: nurse.id })
    expect(changed).toMatchObject({ department: 'Ward 5', manager: { displayName: 'Bo Oss' } })
    expect(changed.assignments.filter(({ ended }) => !ended)).toMatchObject([
      { role: 'billing', reason, grantedBy: { id: first.id } },
    ])
    const { state, results, difference } = await first.people.get({ id })
    expect({ state, results }).toEqual({
      state: 'ended',
      results: { done: 4, same: 0, refused: 0, overtaken: 0 },
    })
    expect(difference?.lines.map(({ result }) => result)).toEqual(['done', 'done', 'done', 'done'])
    expect(await auditEntries(t.app, 'user.invited')).toHaveLength(2)
    expect(await auditEntries(t.app, 'user.changed')).toHaveLength(1)
    expect((await auditEntries(t.app, 'user.changed'))[0]).toMatchObject({
      actor: { kind: 'service', name: 'do-work' },
      facts: { change: id, askedBy: first.id },
      change: { before: { department: null }, after: { department: 'Ward 5', changed: ['employee-number'] } },
    })
    // Nothing of the file is left but its hash and what came of it.
    expect(await t.app.db.sql`select content from people_changes`).toEqual([{ content: null }])
    const { lines } = await dryRun(first, `Ada Bee,${ada.email},N-7,Ward 4,N-1,nurse until 2999-06-30,`)
    expect(lines).toMatchObject([{ outcome: 'same' }])
  })

  it('is decided by somebody else, whom it is not about, and who has seen what it comes to now', async () => {
    const [nurse, third] = [await as(t.app, 'nurse'), await as(t.app, 'administrator')]
    const emailOf = async (id: string) => (await first.users.get({ id: id as typeof first.id })).email
    const { id, hash } = await dryRun(
      first,
      `,${await emailOf(nurse.id)},,Ward 4,,,`,
      `,${await emailOf(third.id)},,Ward 4,,,`,
    )
    const { approvalId } = await first.people.requestImport({ id, hash, reason })
    expect(await refusalOf(first.approvals.approve({ id: approvalId }))).toBe('SECOND_PERSON_REQUIRED')
    expect(await refusalOf(third.approvals.approve({ id: approvalId }))).toBe('SECOND_PERSON_REQUIRED')
    expect(await refusalOf(third.approvals.reject({ id: approvalId, reason }))).toBe('SECOND_PERSON_REQUIRED')
    const { terms, hash: shown } = await second.approvals.get({ id: approvalId })
    expect(terms.people?.lines).toMatchObject([
      { displayName: expect.any(String), changes: [{ what: 'department', from: null, to: 'Ward 4' }] },
      {},
    ])
    await transferred(nurse, { department: 'Ward 4' })
    const raw = second.rawApprovals
    expect(await refusalOf(raw.approve({ id: approvalId, hash: shown }))).toBe('CONFLICT')
    expect((await second.approvals.get({ id: approvalId })).terms.people?.counts).toMatchObject({ same: 1 })
    await second.approvals.approve({ id: approvalId })
    expect((await first.people.get({ id })).state).toBe('running')
  })

  it('is asked for by the hash of what was shown alone, and by whoever sent it in', async () => {
    const { id, hash } = await dryRun(first, 'Ada,ada@house.example,,,,,')
    expect(await refusalOf(second.people.requestImport({ id, hash, reason }))).toBe('NOT_FOUND')
    await first.users.invite({ email: 'ada@house.example', displayName: 'Ada' })
    expect(await refusalOf(first.people.requestImport({ id, hash, reason }))).toBe('CONFLICT')
    await first.people.discard({ id })
    expect(await first.people.get({ id })).toMatchObject({ state: 'rejected', difference: null })
    expect(await refusalOf(first.people.discard({ id }))).toBe('CONFLICT')
  })

  it('passes over whoever has changed since it was agreed on, and does the others', async () => {
    const [moved, other] = [await as(t.app, 'nurse'), await as(t.app, 'nurse')]
    const emailOf = async ({ id }: Somebody) => (await first.users.get({ id })).email
    const { id, hash } = await dryRun(
      first,
      `,${await emailOf(moved)},,Ward 4,,,`,
      `,${await emailOf(other)},,Ward 4,,,`,
      'Ada,ada@house.example,,,,,',
    )
    const { approvalId } = await first.people.requestImport({ id, hash, reason })
    await second.approvals.approve({ id: approvalId })
    await first.users.invite({ email: 'ADA@house.example', displayName: 'Another' })
    await transferred(moved, { department: 'Ward 9' })
    await finish(t, first, id)
    const { results } = await first.people.get({ id })
    expect(results).toEqual({ done: 1, same: 0, refused: 0, overtaken: 2 })
    expect((await first.users.get({ id: moved.id })).department).toBe('Ward 9')
    expect((await first.users.get({ id: other.id })).department).toBe('Ward 4')
    expect(await linkedTo('ada@house.example')).toBeUndefined()
  })

  it('does nothing once it is turned down, and nothing of the file is left', async () => {
    const { id, hash } = await dryRun(first, 'Ada,ada@house.example,,,,,')
    const { approvalId } = await first.people.requestImport({ id, hash, reason })
    await second.approvals.reject({ id: approvalId, reason })
    expect(await first.people.get({ id })).toMatchObject({ state: 'rejected', difference: null })
    expect(await userAt('ada@house.example')).toBeUndefined()
  })

  it('keeps the file sealed, and one that was put in its place opens nothing', async () => {
    const { id } = await dryRun(first, 'Ada Sealed,ada@house.example,,,,,')
    const { id: other } = await dryRun(first, 'Bob,bob@house.example,,,,,')
    const owner = t.database.open('chartward_owner', 1)
    const [row] = await owner.sql<{ content: Buffer }[]>`select content from people_changes where id = ${id}`
    expect(row?.content.includes('Ada Sealed')).toBe(false)
    await owner.sql`alter table people_changes disable trigger people_changes_move_on`
    await owner.sql`update people_changes set content = ${row?.content ?? ''} where id = ${other}`
    expect(await refusalOf(first.people.get({ id: other }))).toBe('INTEGRITY')
    await owner.sql`update people_changes set sha256 = '\\x00' where id = ${id}`
    expect(await refusalOf(first.people.get({ id }))).toBe('NOT_FOUND')
  })

  it('holds so many files of one person and no more, also of two sent at once', async () => {
    const send = () => first.people.importFile({ file: fileOf('Ada,ada@house.example,,,,,') })
    const outcomes = await Promise.allSettled(Array.from({ length: 7 }, send))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
  })

  it('is reported line by line, with nothing that a spreadsheet takes for a formula', async () => {
    const id = await carriedOut(t, { first, second }, '=cmd|x,ada@house.example,,+1,,,')
    const { csv } = await first.people.report({ id })
    const [, line] = csv.split('\r\n')
    expect(line).toContain("'=cmd|x")
    expect(line).toContain('create,done')
    expect((await userAt('ada@house.example'))?.displayName).toBe('=cmd|x')
  })
})

const transferred = async (person: Somebody, details: { department: string }): Promise<void> => {
  const change = { act: 'transfer', ...details } as const
  const { hash } = await second.people.preview({ change, people: [person.id] })
  const { id } = await second.people.change({ change, people: [person.id], hash, reason })
  await finish(t, second, id)
}
