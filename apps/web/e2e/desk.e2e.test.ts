import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { approve, choose, openDecision } from './harness/administration.ts'
import { callFrom } from './harness/api.ts'
import { type BrowserWindow, openWindow } from './harness/browser.ts'
import { type Demo, openDemo } from './harness/demo.ts'
import { lookAt, settled } from './harness/look.ts'
import { choosePassword, enrol, givePassword, type Person, withStepUp } from './harness/sign-in.ts'
import { textOf } from './harness/text.ts'
import { until } from './harness/until.ts'

/* An administrator's desk: a role with the invitation, what an approval signs, sessions, and two mornings. */

const ROLES = ['administrator', 'privacy-officer', 'nurse'] as const

let demo: Demo<(typeof ROLES)[number]>
const more: BrowserWindow[] = []

const someone = (name: string, local: string): Person => ({
  name,
  email: `${local}@demo.example`,
  password: 'Quiet-Granite-Meadow-58',
  authenticator: null,
})
const security = someone('Odile Brandt', 'odile')
const auditor = someone('Piet Kowalczyk', 'piet')

beforeAll(async () => {
  demo = await openDemo(ROLES, { patients: 4 })
})
afterAll(async () => {
  await demo?.close()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await demo?.picture('failed-desk')
})

const windowFor = async (): Promise<Page> => {
  const opened = await openWindow(demo.browser, demo.installation.url)
  more.push(opened)
  return opened.page
}
const pageOf = (role: (typeof ROLES)[number]): Page => demo.windowOf(role).page

/** On the list of users: invites somebody together with a role. */
const inviteWith = async (person: Person, role: string): Promise<string> => {
  const page = pageOf('administrator')
  await page.goto('/users')
  await page.getByRole('button', { name: 'Invite a user' }).click()
  const dialog = page.getByRole('dialog', { name: 'Invite a user' })
  await dialog.getByLabel('Name', { exact: true }).fill(person.name)
  await dialog.getByLabel('Work e-mail').fill(person.email)
  await choose(page, 'Role', new RegExp(`^${role}`))
  await dialog.getByText('Privileged role').waitFor()
  await dialog.getByText('What the role permits, in full').click()
  await dialog.getByRole('list').getByText('Search the audit log').waitFor()
  const send = dialog.getByRole('button', { name: 'Invite and request approval' })
  await send.click()
  // A role is given for a reason: nothing is sent without one.
  await dialog.locator('[aria-invalid="true"][data-path="reason"]').waitFor()
  await dialog.getByLabel('Reason').fill('Hired to watch over the log')
  expect(await lookAt(page, `desk-invite-${person.email.split('@')[0]}`)).toEqual([])
  await page.setViewportSize({ width: 1440, height: 900 })
  await send.click()
  await withStepUp(page, demo.personOf('administrator'), dialog.getByText('This link is shown only now'))
  await dialog.getByText(`does not have the role ${role} yet`).waitFor()
  return textOf(dialog.getByRole('code'))
}

describe('an invitation with a role', () => {
  it('is one act; accepted without the approval it opens nothing, and with it what the role permits', async () => {
    for (const [person, role] of [
      [security, 'Security officer'],
      [auditor, 'Auditor'],
    ] as const) {
      const link = await inviteWith(person, role)
      const own = await windowFor()
      await choosePassword(own, link, person)
      await enrol(own, person)
      await own.getByText('You have no role yet').waitFor()
      const links = own.getByRole('navigation', { name: 'Main' }).getByRole('link')
      expect(await links.allInnerTexts()).toEqual(['Overview'])
      expect(await callFrom(own, 'audit.actions', {})).toMatchObject({ code: 'FORBIDDEN' })
    }
  })

  it('is approved by somebody who is shown all of it; what has changed meanwhile has to be looked at anew', async () => {
    const page = pageOf('privacy-officer')
    await page.goto('/approvals')
    const dialog = await openDecision(page, 'Approve', security)
    const fact = (name: string) => textOf(dialog.locator('dt', { hasText: name }).locator('xpath=../dd'))
    await dialog.getByText('Your decision is bound to what stands here').waitFor()
    expect(await fact('For')).toBe(`${security.name}, ${security.email}`)
    expect(await fact('Holds already')).toBe('No role')
    expect(await fact('Reason given')).toBe('“Hired to watch over the log”')
    await dialog.getByText("End another user's sessions").waitFor()
    const hash = dialog.getByText(/^[0-9a-f]{64}$/)
    const before = await textOf(hash)
    expect(await lookAt(page, 'desk-terms')).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
    const { data } = await callFrom(pageOf('administrator'), 'users.list', { text: security.name })
    const { items } = data as { items: { id: string }[] }
    const nurse = { userId: items[0]?.id, role: 'nurse', reason: 'helps on the ward' }
    expect(await callFrom(pageOf('administrator'), 'users.assignRole', nurse)).toMatchObject({ code: null })
    await dialog.getByRole('button', { name: 'Approve', exact: true }).click()
    await withStepUp(
      page,
      demo.personOf('privacy-officer'),
      dialog.getByText(/^What this rests on has changed since you looked at it/),
    )
    await until(async () => (await fact('Holds already')) === 'Nurse', 'the terms are shown anew')
    expect(await textOf(hash)).not.toBe(before)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await approve(page, demo.personOf('privacy-officer'), security)
    await approve(page, demo.personOf('privacy-officer'), auditor)
  })
})

/** The figure beside a label on the landing page. */
const figure = async (page: Page, label: string): Promise<string> =>
  textOf(page.getByText(label, { exact: true }).locator('xpath=following-sibling::div[1]'))

describe('a morning', () => {
  it('of a security officer begins with who is locked, who failed to sign in, who is here, and the log', async () => {
    const page = more[0]?.page ?? (await windowFor())
    await page.goto('/')
    await page.getByText('Sessions open now').waitFor()
    await settled(page)
    expect(await lookAt(page, 'desk-home-security')).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.getByText('Keys in force, the oldest first').waitFor()
    const open = await figure(page, 'Sessions open now')
    await page.getByRole('link', { name: 'See them' }).click()
    await page.getByRole('heading', { level: 1, name: 'Sessions' }).waitFor()
    const rows = page.getByRole('table', { name: 'Sessions that are open now' }).locator('tbody tr[data-row]')
    await until(async () => String(await rows.count()) === open, 'the list is as long as the figure')
    expect(await lookAt(page, 'desk-sessions')).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  it('of an auditor begins with the log: its state, where to begin, and what stands in it', async () => {
    const page = more[1]?.page ?? (await windowFor())
    await page.goto('/')
    await page.getByText('Where to begin').waitFor()
    await settled(page)
    await page.getByText('chartward verify FILE --key KEY').waitFor()
    expect(await lookAt(page, 'desk-home-auditor')).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
    const row = page.getByRole('listitem').filter({ hasText: 'Approved by a second person' })
    await until(async () => {
      await page.reload()
      await row.waitFor()
      return /2$/.test(await textOf(row))
    }, 'both approvals are counted')
    await row.getByRole('link').click()
    await page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor()
    const entries = page.getByRole('table', { name: /^Audit entries/ }).locator('tbody tr[data-row]')
    await until(async () => (await entries.count()) === 2, 'the list has as many as the figure says')
  })
})

describe('sessions', () => {
  it('a person ends one of their own in which somebody has come as far as the password', async () => {
    const nurse = demo.personOf('nurse')
    const guess = await windowFor()
    await givePassword(guess, nurse)
    const page = pageOf('nurse')
    await page.goto('/account')
    const table = page.getByRole('table', { name: /^Your sessions/ })
    await table.getByText('This session').waitFor()
    expect(await lookAt(page, 'desk-account')).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
    await table.getByRole('button', { name: /^End your session on/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'End the session' }).click()
    await withStepUp(page, nurse, page.getByText('Ended. Whoever used it is signed out.'))
    await until(
      async () => (await table.getByRole('button', { name: /^End your/ }).count()) === 0,
      'it is over',
    )
    expect(await callFrom(guess, 'auth.session', {})).toMatchObject({ code: null })
    await guess.reload()
    await guess.getByLabel('Work e-mail').waitFor()
  })

  it('an administrator ends a person’s with a reason, and the person’s next step leads to signing in', async () => {
    const page = pageOf('administrator')
    const { name } = demo.personOf('nurse')
    await page.goto(`/users?text=${encodeURIComponent(name)}`)
    await page.getByRole('table').getByRole('link', { name }).click()
    await page.getByRole('tab', { name: 'Sessions' }).click()
    await page.getByText('Password and second factor').first().waitFor()
    expect(await lookAt(page, 'desk-user-sessions')).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.getByRole('button', { name: 'End all sessions' }).click()
    const dialog = page.getByRole('dialog', { name: 'End all sessions' })
    await dialog.getByLabel('Reason').fill('a tablet was left on a train')
    await dialog.getByRole('button', { name: /^End all sessions of/ }).click()
    await withStepUp(page, demo.personOf('administrator'), page.getByText('1 session ended.'))
    await page
      .getByText(/ended for them, by/)
      .first()
      .waitFor()
    const nurse = pageOf('nurse')
    await nurse.reload()
    await nurse
      .getByLabel('Work e-mail')
      .or(nurse.getByText(/session (has )?ended/i))
      .first()
      .waitFor()
  })
})
