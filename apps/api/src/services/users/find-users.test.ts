import { testServer } from '@chartward/db/testing'
import type { PatientId } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { signInAs } from '../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../testing/test-app.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { careRouter } from '../care/router.ts'
import { usersRouter } from './router.ts'

const callerFor = createCallerFactory(router({ users: usersRouter, care: careRouter }))

let t: TestApp
let administrator: ReturnType<typeof callerFor>
let officer: ReturnType<typeof callerFor>
beforeAll(async () => {
  t = await createTestApp()
  administrator = callerFor((await signInAs(t.app, 'administrator')).context)
  officer = callerFor((await signInAs(t.app, 'privacy-officer')).context)
})
afterAll(() => t.stop())

const known = async (displayName: string, email?: string): Promise<string> =>
  (await signInAs(t.app, 'nurse', { displayName, ...(email === undefined ? {} : { email }) })).userId

const found = async (text: string): Promise<string[]> =>
  (await administrator.users.list({ text })).items.map(({ id }) => id)

describe('the list of users', () => {
  it('is asked of a database without a locale, which knows no case beyond ASCII', async () => {
    const [row] = await t.app.db.sql<{ lower: string }[]>`select lower('É') as lower`
    // A PostgreSQL that is given for the tests may have been made with one.
    if (testServer().folder !== null) expect(row?.lower).toBe('É')
  })

  it.each([
    ['Lucía Mora', ['LUCÍA', 'lucia', 'Lucia Mora', 'mora lucia', 'Mora, Lucía', 'luc mor', 'ucía', 'a M']],
    ["Sean O'Brien", ['O’Brien', "o'brien", 'OBrien', 'O´BRIEN', 'o brien', 'brien sean']],
    ['Seán O’Brolchain', ["O'Brolchain", 'sean obrolchain']],
    ['Anne-Marie Weißmüller', ['anne marie', 'WEISSMÜLLER', 'Anne‑Marie', 'weissmuller anne']],
    ['Øyvind Łukasz Đorđević', ['oyvind', 'LUKASZ', 'dordevic', 'ØYVIND ĐORĐEVIĆ']],
    ['İpek Işık', ['ipek', 'IŞIK', 'isik ipek', 'İPEK']],
    ['Ёлка Нгуенова', ['елка', 'НГУЕНОВА ЁЛКА']],
    ['Οδυσσεύς Παπάς', ['ΟΔΥΣΣΕΥΣ', 'παπασ οδυσ']],
    ['王小明', ['王', '小明', '王 小明']],
    ['山田 ハナコ', ['山田ハナコ', 'はなこ']],
  ])('finds %s without regard to case, accents, kind of apostrophe and order', async (name, all) => {
    const id = await known(name)
    for (const text of all) expect(await found(text), text).toContain(id)
  })

  it('finds by any part of an address, and by another spelling of it', async () => {
    const id = await known('Uta Beispiel', `uta+nacht@MÜNCHEN-${newId().slice(-6)}.example`)
    const { email } = await administrator.users.get({ id })
    const domain = email.split('@')[1] ?? ''
    for (const text of ['UTA+NACHT', domain, domain.toLowerCase(), '@münchen', 'munchen-', `uta ${domain}`])
      expect(await found(text), text).toContain(id)
    expect(await found(`uta+nacht@${new URL(`http://${domain}`).hostname}`)).toEqual([id])
  })

  it('finds nobody else', async () => {
    const id = await known('Quentin Abernathy')
    for (const text of ['quentin mora', 'abernathyx', 'quentin%', 'q_entin', 'abernathyquentin', '%', '\\'])
      expect(await found(text), text).not.toContain(id)
  })

  it('pages through those whom a text means, once each, however many stand between', async () => {
    const ids: string[] = []
    for (let i = 0; i < 5; i += 1) {
      ids.unshift(await known(`Zélie Pagnol ${i}`))
      await known(`Between ${i}`)
    }
    const seen: string[] = []
    let cursor: string | null | undefined
    while (cursor !== null) {
      const page = await administrator.users.list({
        text: 'PAGNOL zelie',
        limit: 2,
        ...(cursor && { cursor }),
      })
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(seen).toEqual(ids)
  })
})

describe('the list of colleagues for a care team', () => {
  it('finds by the same rules, and by no address', async () => {
    const id = await known('Zoë O’Connor-Núñez', `hidden-${newId()}@example.test`)
    const patientId: PatientId = newId()
    const ask = async (text: string) =>
      (await officer.care.candidates({ patientId, text })).map((one) => one.id)
    for (const text of ['NUNEZ', "o'connor zoe", 'oconnor']) expect(await ask(text), text).toContain(id)
    expect(await ask('hidden-')).not.toContain(id)
  })
})
