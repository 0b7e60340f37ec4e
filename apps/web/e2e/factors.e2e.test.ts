import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openDecision } from './harness/administration.ts'
import { Authenticator } from './harness/authenticator.ts'
import { openWindow } from './harness/browser.ts'
import { type Demo, openDemo } from './harness/demo.ts'
import { lookAt } from './harness/look.ts'
import { CODE, enrol, givePassword, home, signOut, withStepUp } from './harness/sign-in.ts'
import { textOf } from './harness/text.ts'
import { addAuthenticator } from './harness/virtual-authenticator.ts'

/* What people sign in with: passkeys in Chromium's own authenticators, recovery codes, and a lost factor. */

const ROLES = ['administrator', 'privacy-officer', 'clinician', 'nurse'] as const
type Role = (typeof ROLES)[number]

let demo: Demo<Role>

beforeAll(async () => {
  demo = await openDemo(ROLES, { patients: 4 })
})
afterAll(async () => {
  await demo?.close()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await demo?.picture('failed-factors')
})

const pageOf = (role: Role): Page => demo.windowOf(role).page
const factors = (page: Page): Locator => page.getByRole('table', { name: 'Your second factors' })
const WIDE = { width: 1440, height: 900 }

describe('a passkey', () => {
  it('is added, signs in without a password, steps up, is renamed, and removed', async () => {
    const page = pageOf('clinician')
    const person = demo.personOf('clinician')
    const key = await addAuthenticator(page, 'usb')
    await page.goto('/account')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    const adding = page.getByRole('dialog', { name: 'Add a passkey' })
    await adding.getByLabel('Name').fill('Key on the ring')
    expect(await lookAt(page, 'factors-add')).toEqual([])
    await page.setViewportSize(WIDE)
    await adding.getByRole('button', { name: 'Go on', exact: true }).click()
    await withStepUp(page, person, factors(page).getByText('Key on the ring'))
    expect(await key.count()).toBe(1)
    expect(await lookAt(page, 'factors-account')).toEqual([])
    await page.setViewportSize(WIDE)

    await signOut(page)
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await home(page).waitFor()

    await page.goto('/account')
    await page.getByRole('button', { name: 'Give a fresh factor' }).click()
    const asked = page.getByRole('dialog', { name: 'Confirm that it’s you' })
    await asked.getByRole('button', { name: 'Use a passkey' }).click()
    await asked.waitFor({ state: 'hidden' })

    await page.getByRole('button', { name: 'Rename Key on the ring' }).click()
    const renaming = page.getByRole('dialog', { name: 'Rename the passkey' })
    await renaming.getByLabel('Name').fill('Spare key')
    await renaming.getByRole('button', { name: 'Rename' }).click()
    await factors(page).getByText('Spare key').waitFor()

    await page.getByRole('button', { name: 'Remove Spare key' }).click()
    const removing = page.getByRole('dialog', { name: 'Remove a second factor' })
    await removing.getByRole('button', { name: 'Remove it' }).click()
    await factors(page).getByText('Spare key').waitFor({ state: 'hidden' })

    await page.getByRole('button', { name: 'Remove Authenticator app' }).click()
    await removing.getByRole('button', { name: 'Remove it' }).click()
    await removing.getByText(/^This is your only factor/).waitFor()
    await removing.getByRole('button', { name: 'Cancel' }).click()

    await signOut(page)
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
    await page.getByText(/^This passkey is none of this account, or was removed/).waitFor()
    await key.remove()
    expect(demo.windowOf('clinician').violations).toEqual([])
  })

  it('of the device is offered where the address is typed', async () => {
    const page = pageOf('nurse')
    const person = demo.personOf('nurse')
    const key = await addAuthenticator(page, 'internal')
    await page.goto('/account')
    await page.getByRole('button', { name: 'Add a passkey' }).click()
    const adding = page.getByRole('dialog', { name: 'Add a passkey' })
    await adding.getByRole('button', { name: 'Go on', exact: true }).click()
    await withStepUp(page, person, page.getByRole('button', { name: /^Rename / }))
    // Offered among what the browser fills in, it is picked at once: nobody presses anything.
    await signOut(page).catch(() => undefined)
    await home(page).waitFor()
    expect(await key.count()).toBe(1)
    await key.remove()
  })
})

describe('recovery codes', () => {
  it('are made anew by their owner, and shown once', async () => {
    const page = pageOf('privacy-officer')
    const person = demo.personOf('privacy-officer')
    await page.goto('/account')
    await page.getByRole('button', { name: 'New recovery codes' }).click()
    const dialog = page.getByRole('dialog', { name: 'New recovery codes' })
    await dialog.getByRole('button', { name: 'Make new codes' }).click()
    const codes = dialog.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
    await withStepUp(page, person, codes.first())
    expect(await codes.count()).toBe(10)
    expect(await lookAt(page, 'factors-codes')).toEqual([])
    await page.setViewportSize(WIDE)
    await dialog.getByRole('button', { name: 'I have put them in a safe place' }).click()
    await page.getByText(/^10 recovery codes are left/).waitFor()
  })
})

describe('another authenticator app', () => {
  it('is added by a code of it, for the day on which the phone changes', async () => {
    const page = pageOf('privacy-officer')
    await page.goto('/account')
    await page.getByRole('button', { name: 'Add an app' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add an authenticator app' })
    const secret = dialog.getByRole('code')
    await withStepUp(page, demo.personOf('privacy-officer'), secret)
    expect(await lookAt(page, 'factors-app')).toEqual([])
    await page.setViewportSize(WIDE)
    const added = new Authenticator(await textOf(secret))
    await dialog.getByLabel(CODE).fill(await added.next())
    await dialog.getByRole('button', { name: 'Add it' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await factors(page).getByText('Authenticator app').nth(1).waitFor()
  })
})

describe('a lost factor', () => {
  it('is agreed on by two, and replaced by a link and the password', async () => {
    const administrator = pageOf('administrator')
    const person = demo.personOf('clinician')
    await administrator.goto('/users')
    await administrator.getByRole('link', { name: person.name }).click()
    await administrator.getByRole('tab', { name: 'Second factors' }).click()
    expect(await lookAt(administrator, 'factors-user')).toEqual([])
    await administrator.setViewportSize(WIDE)
    await administrator.getByRole('button', { name: 'They have lost it' }).click()
    const asking = administrator.getByRole('dialog', { name: 'A lost second factor' })
    await asking.getByLabel('Reason').fill('Seen at the desk, with the staff card')
    await asking.getByRole('button', { name: 'Request another factor' }).click()
    await withStepUp(
      administrator,
      demo.personOf('administrator'),
      administrator.getByText('Somebody else has to approve it'),
    )

    const officer = pageOf('privacy-officer')
    await officer.goto('/approvals')
    const dialog = await openDecision(officer, 'Approve', person)
    await dialog.getByRole('button', { name: 'Approve', exact: true }).click()
    await dialog.getByText(/^Say how you have made sure yourself/).waitFor()
    expect(await lookAt(officer, 'factors-decide')).toEqual([])
    await officer.setViewportSize(WIDE)
    await dialog.getByLabel(/^Reason/).fill('Called back on the number in the roster')
    await dialog.getByRole('button', { name: 'Approve', exact: true }).click()
    await officer.getByText('Approved. It is in force now.').waitFor()

    await administrator.reload()
    await administrator.getByRole('button', { name: 'Make the link' }).click()
    const making = administrator.getByRole('dialog', { name: 'The link to another second factor' })
    await making.getByRole('button', { name: 'Make the link' }).click()
    await withStepUp(
      administrator,
      demo.personOf('administrator'),
      making.getByText('This link is shown only now'),
    )
    const link = await textOf(making.getByRole('code'))

    const { page } = await openWindow(demo.browser, demo.installation.url)
    await page.goto(link)
    await page.getByRole('heading', { name: `Welcome back, ${person.name}` }).waitFor()
    expect(new URL(page.url()).hash).toBe('')
    await page.getByLabel('Password', { exact: true }).fill('not-the-Password-9')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByText('This is not your password.').waitFor()
    expect(await lookAt(page, 'factors-lost')).toEqual([])
    await page.setViewportSize(WIDE)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('heading', { name: 'Set up your second factor' }).waitFor()
    await enrol(page, person)
    await signOut(page)
    await givePassword(page, person)
  })
})
