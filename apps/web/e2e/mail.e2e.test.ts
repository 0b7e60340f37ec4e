import { type MailServer, startMailServer } from '@chartward/api/dev/mail-server'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openWindow } from './harness/browser.ts'
import { type Demo, openDemo } from './harness/demo.ts'
import { lookAt } from './harness/look.ts'
import {
  authenticatorOf,
  choosePassword,
  enrol,
  giveCode,
  givePassword,
  home,
  type Person,
  withStepUp,
} from './harness/sign-in.ts'
import { until } from './harness/until.ts'

/* What comes by mail, from a real server, and what is done with it in a browser. */

type Role = 'administrator' | 'nurse'

let server: MailServer
let demo: Demo<Role>

beforeAll(async () => {
  server = await startMailServer()
  const settings = {
    CHARTWARD_SMTP_HOST: server.smtp.host,
    CHARTWARD_SMTP_PORT: String(server.smtp.port),
    CHARTWARD_SMTP_TLS: 'none',
    CHARTWARD_SMTP_FROM: server.smtp.from,
    CHARTWARD_OUTBOUND_PRIVATE: '127.0.0.1',
  }
  demo = await openDemo<Role>(['administrator', 'nurse'], { patients: 5, settings })
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await demo.picture('mail-failed')
})
afterAll(async () => {
  await demo?.close()
  await server?.close()
})

/** The link to this path in the newest mail to an address; waits until it has come. */
const linkTo = async (path: string, email: string): Promise<string> => {
  let found: string | undefined
  await until(async () => {
    const mail = server.received.findLast(({ to, text }) => to.includes(email) && text.includes(path))
    found = /https?:\/\/\S+#\S+/.exec(mail?.text ?? '')?.[0]
    return found !== undefined
  }, `a mail with a link to ${path} has come`)
  return found ?? ''
}

/** Opens a dialog of somebody's page, fills it in, and ends when it is said to be done. */
const act = async (
  page: Page,
  button: string,
  fill: (dialog: ReturnType<Page['getByRole']>) => Promise<void>,
) => {
  await page.getByRole('button', { name: button, exact: true }).click()
  const dialog = page.getByRole('dialog', { name: button })
  await fill(dialog)
  return dialog
}

const NEW: Person & { email: string } = {
  name: 'Nadia Fenwick',
  email: 'nadia.fenwick@demo.example',
  password: 'Quiet-Juniper-Meadow-58',
  authenticator: null,
}

describe('an invitation', () => {
  it('comes by mail, is shown to nobody else, and is taken up from there', async () => {
    const { page } = demo.windowOf('administrator')
    await page.goto('/users')
    await page
      .getByRole('button', { name: /^Invite/ })
      .first()
      .click()
    const dialog = page.getByRole('dialog', { name: /Invite/ })
    await dialog.getByLabel('Name').fill(NEW.name)
    await dialog.getByLabel('Work e-mail').fill(NEW.email)
    await dialog.getByText('The link is mailed to them.').waitFor()
    await dialog.getByRole('button', { name: 'Invite', exact: true }).click()
    await withStepUp(page, demo.personOf('administrator'), dialog.getByText('The invitation is on its way'))
    expect(await lookAt(page, 'mail-invited')).toEqual([])
    expect(await page.locator('body').innerText()).not.toContain('/invitation#')
    const link = await linkTo('/invitation#', NEW.email)
    const { context, page: theirs } = await openWindow(demo.browser, demo.installation.url)
    await choosePassword(theirs, link, NEW)
    await enrol(theirs, NEW)
    await context.close()
    await page.keyboard.press('Escape')
  })
})

describe('a forgotten password', () => {
  it('is replaced by a link that was mailed and a code, and the old one opens nothing', async () => {
    const { context, page, violations } = await openWindow(demo.browser, demo.installation.url)
    await page.goto('/sign-in')
    await page.getByRole('button', { name: 'Forgot your password?' }).click()
    await page.getByLabel('Work e-mail').fill(NEW.email)
    expect(await lookAt(page, 'mail-forgot')).toEqual([])
    await page.getByRole('button', { name: 'Send me a link' }).click()
    await page.getByRole('heading', { name: 'Look into your mailbox' }).waitFor()
    expect(await lookAt(page, 'mail-asked')).toEqual([])
    await page.goto(await linkTo('/reset#', NEW.email))
    const earlier = NEW.password
    NEW.password = 'Silver-Harbour-Kettle-41'
    await page.getByLabel('New password').fill(NEW.password)
    await page.getByLabel('The same again').fill(NEW.password)
    expect(page.url()).not.toContain('#')
    expect(await lookAt(page, 'mail-reset')).toEqual([])
    await page.getByLabel('Code').fill(authenticatorOf(NEW).wrong())
    await page.getByRole('button', { name: 'Set the password' }).click()
    await page.getByText('The code is wrong.').waitFor()
    await page.getByLabel('Code').fill(await authenticatorOf(NEW).next())
    await page.getByRole('button', { name: 'Set the password' }).click()
    await page.getByRole('heading', { name: 'Your password is changed' }).waitFor()
    await page.goto('/sign-in')
    await page.getByLabel('Work e-mail').fill(NEW.email)
    await page.getByLabel('Password', { exact: true }).fill(earlier)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText('The address or the password is wrong.').waitFor()
    await givePassword(page, NEW)
    await giveCode(page, await authenticatorOf(NEW).next())
    await home(page).waitFor()
    await page.goto('/account')
    await page.getByText('Your password was reset by a link').waitFor()
    expect(await lookAt(page, 'mail-told')).toEqual([])
    await until(
      async () => server.received.some(({ subject }) => subject === 'Your password was reset'),
      'they are told by mail',
    )
    expect(violations).toEqual([])
    await context.close()
  })
})

describe('a link', () => {
  const OPENING = /auth\.(invitation|reset|factorReset|confirmAddress)\b/

  it.each([
    ['invitation', 'invitation'],
    ['reset', 'link'],
    ['lost-factor', 'link'],
    ['address', 'link'],
  ])('to /%s that could not be asked about is not called bad: it is tried again', async (path, what) => {
    const { context, page } = await openWindow(demo.browser, demo.installation.url)
    await page.route(OPENING, (route) => route.abort())
    await page.goto(`/${path}#${'A'.repeat(43)}`)
    if (path === 'address') await page.getByRole('button', { name: 'Confirm this address' }).click()
    await page.getByRole('heading', { name: `This ${what} can’t be opened just now` }).waitFor()
    await page.getByText('The server can not be reached.').waitFor()
    expect(await lookAt(page, `mail-${path}-later`)).toEqual([])
    await page.unroute(OPENING)
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.getByRole('heading', { name: `This ${what} can’t be used` }).waitFor()
    expect(await lookAt(page, `mail-${path}-bad`)).toEqual([])
    await context.close()
  })
})

describe('an administrator', () => {
  it('gives somebody another name and another address, which counts once it is confirmed there', async () => {
    const { page } = demo.windowOf('administrator')
    const administrator = demo.personOf('administrator')
    await page.goto('/users')
    await page.getByRole('link', { name: NEW.name }).click()
    const rename = await act(page, 'Change the name', async (dialog) => {
      await dialog.getByLabel('Name').fill('Nadia Fenwick-Orr')
      await dialog.getByLabel('Reason').fill('Has married')
      await dialog.getByRole('button', { name: 'Change the name' }).click()
    })
    await withStepUp(page, administrator, page.getByRole('heading', { name: 'Nadia Fenwick-Orr' }))
    await rename.waitFor({ state: 'hidden' })
    await act(page, 'Change the address', async (dialog) => {
      await dialog.getByLabel('New work e-mail').fill('nadia.orr@demo.example')
      await dialog.getByLabel('Reason').fill('Has married')
      expect(await lookAt(page, 'mail-address')).toEqual([])
      await dialog.getByRole('button', { name: 'Change the address' }).click()
    })
    await withStepUp(page, administrator, page.getByText('A link is on its way to the new address.').first())
    const link = await linkTo('/address#', 'nadia.orr@demo.example')
    await until(
      async () =>
        server.received.some(
          ({ to, subject }) => to.includes(NEW.email) && subject === 'Another address for your account',
        ),
      'the earlier address is told',
    )
    const { context, page: theirs } = await openWindow(demo.browser, demo.installation.url)
    await theirs.goto(link)
    expect(await lookAt(theirs, 'mail-confirm')).toEqual([])
    await theirs.getByRole('button', { name: 'Confirm this address' }).click()
    await theirs.getByRole('heading', { name: 'The address is confirmed' }).waitFor()
    NEW.email = 'nadia.orr@demo.example'
    await givePassword(theirs, NEW)
    await context.close()
  })

  it('has a link to a new password sent, and sees what became of it', async () => {
    const { page } = demo.windowOf('administrator')
    // The address takes nothing more: what is told of the reset, and of what was done before, may come first.
    for (let mails = 0; mails < 9; mails++) server.refusals.push({ at: 'RCPT', code: 550 })
    await act(page, 'Reset the password', async (dialog) => {
      await dialog.getByLabel('Reason').fill('Has called, and is known by voice')
      await dialog.getByRole('button', { name: 'Send the link' }).click()
    })
    await withStepUp(
      page,
      demo.personOf('administrator'),
      page.getByText('The link is on its way to them.').first(),
    )
    await until(async () => {
      await page.reload()
      await page
        .getByText('Link to a new password')
        .or(page.getByText('Link to the new address'))
        .first()
        .waitFor()
      return page.getByText('Not delivered').isVisible()
    }, 'it is said that the mail could not be delivered')
    expect(await lookAt(page, 'mail-undelivered')).toEqual([])
    await page.goto('/')
    await page.getByText('could not be delivered').first().waitFor()
  })
})
