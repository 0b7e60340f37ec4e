import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { callFrom } from './harness/api.ts'
import { openWindow } from './harness/browser.ts'
import { type Demo, openDemo } from './harness/demo.ts'
import { lookAt } from './harness/look.ts'
import { choosePassword, enrol, home, type Person, withStepUp } from './harness/sign-in.ts'

/* A patient's own account: how it comes to be, what it shows, and what it can't. */

const ROLES = ['clinician', 'nurse', 'privacy-officer', 'administrator', 'patient'] as const
type Role = (typeof ROLES)[number]

let demo: Demo<Role>

beforeAll(async () => {
  demo = await openDemo(ROLES, { patients: 12 })
})
afterAll(async () => {
  await demo?.close()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await demo?.picture('failed-patients-own')
})

const sessionOf = async (page: Page): Promise<{ user: { patientId: string | null; id: string } }> =>
  (await callFrom(page, 'auth.session', {})).data as never

const tab = (page: Page, name: string): Locator => page.getByRole('tab', { name })

describe('a patient', () => {
  it('lands on the ways to their record, and goes no other', async () => {
    const { page } = demo.windowOf('patient')
    await home(page).waitFor()
    await page.getByRole('link', { name: 'See your record' }).waitFor()
    expect(await lookAt(page, 'own-home')).toEqual([])
    for (const staff of ['Patients', 'Users', 'Audit log', 'Exports'])
      expect(await page.getByRole('link', { name: staff, exact: true }).count()).toBe(0)
    await page.goto('/users')
    await page.getByRole('heading', { name: 'Your roles don’t open this page' }).waitFor()
  })

  it('reads their record in plain words, and sees who saw it', async () => {
    const { page } = demo.windowOf('patient')
    await page.goto('/my-record')
    await page.getByRole('heading', { name: demo.personOf('patient').name }).waitFor()
    expect(await page.getByRole('link', { name: 'All patients' }).count()).toBe(0)
    expect(await lookAt(page, 'own-record')).toEqual([])
    const { patientId } = (await sessionOf(page)).user
    const { page: clinician } = demo.windowOf('clinician')
    await clinician.goto(`/patients/${patientId}`)
    await tab(clinician, 'Overview').waitFor()
    await tab(page, 'Who saw my record').click()
    const row = page
      .getByRole('row')
      .filter({ hasText: 'Clinician' })
      .filter({ hasText: 'Opened your record' })
    await row.first().waitFor()
    expect(await row.first().innerText()).toMatch(/They take part in your care/)
    expect(await row.first().innerText()).not.toContain(demo.personOf('clinician').name)
    expect(await lookAt(page, 'own-accesses')).toEqual([])
  })

  it('takes all of it away as a file that says the same and fetches nothing', async () => {
    const { page } = demo.windowOf('patient')
    await page.goto('/my-record')
    await page.getByRole('link', { name: 'Print or download all of it' }).click()
    const sheet = page.getByRole('article')
    await withStepUp(page, demo.personOf('patient'), sheet)
    await sheet.getByRole('heading', { name: 'About me' }).waitFor()
    expect(await lookAt(page, 'own-whole')).toEqual([])
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download' }).click(),
    ])
    const file = await readFile(await download.path(), 'utf8')
    expect(download.suggestedFilename()).toBe('my-record.html')
    expect(file).toContain(demo.personOf('patient').name.split(' ').at(-1))
    expect(file).not.toMatch(/<script|<img|<link|<a |\bsrc=|\bclass=|url\(/i)
    expect(file).toContain('They take part in your care')
    const { context, page: alone } = await openWindow(demo.browser, demo.installation.url)
    await alone.setContent(file)
    for (const heading of ['About me', 'Problems', 'Visits', 'Billing', 'Who saw my record, besides me'])
      await alone.getByRole('heading', { name: heading }).first().waitFor()
    await context.close()
  })
})

describe('an account', () => {
  const NEW: Person = {
    name: 'Casimir Wren',
    email: 'casimir.wren@home.example',
    door: 'patient',
    password: 'Eleven-brown-h4res!',
    authenticator: null,
  }

  it('is asked for by whoever gives care, decided by the privacy officer, and taken over by the patient', async () => {
    const { page: clinician } = demo.windowOf('clinician')
    const own = (await sessionOf(demo.windowOf('patient').page)).user.patientId
    const mine = (await callFrom(clinician, 'patients.mine', {})).data as { items: { id: string }[] }
    const id = mine.items.map((one) => one.id).findLast((one) => one !== own) ?? ''
    await clinician.goto(`/patients/${id}?tab=account`)
    await clinician.getByText('This patient has no account').waitFor()
    expect(await lookAt(clinician, 'account-none')).toEqual([])
    await clinician.getByRole('button', { name: 'Ask for an account' }).click()
    const dialog = clinician.getByRole('dialog', { name: 'Ask for an account' })
    await dialog.getByLabel('Name').fill(NEW.name)
    await dialog.getByLabel('E-mail of the patient').fill(NEW.email)
    await dialog.getByLabel('How you made sure who this is').fill('Passport seen at the desk')
    expect(await lookAt(clinician, 'account-ask')).toEqual([])
    await dialog.getByRole('button', { name: 'Ask for it' }).click()
    const waits = clinician.getByText('Waits for approval')
    await withStepUp(clinician, demo.personOf('clinician'), waits)

    const { page: officer } = demo.windowOf('privacy-officer')
    await officer.goto('/')
    await officer.getByText('Decide on the account that a patient is to have').waitFor()
    await officer.getByRole('link', { name: 'Open the account' }).click()
    await officer.getByText('Passport seen at the desk', { exact: false }).waitFor()
    expect(await lookAt(officer, 'account-decide')).toEqual([])
    await officer.getByRole('button', { name: 'Approve', exact: true }).click()
    const decision = officer.getByRole('dialog', { name: 'Approve the account' })
    await decision.getByLabel('Reason').fill('Called back, and knows the MRN')
    await decision.getByRole('button', { name: 'Approve', exact: true }).click()
    const theirs = officer.getByText('and has not asked for the account, makes it here', { exact: false })
    await withStepUp(officer, demo.personOf('privacy-officer'), theirs)
    expect(await lookAt(officer, 'account-invited')).toEqual([])

    const { page: nurse } = demo.windowOf('nurse')
    const userId = (await sessionOf(nurse)).user.id
    const added = { patientId: id, userId, reason: 'Takes part from today' }
    expect(await callFrom(clinician, 'care.add', added)).toMatchObject({ status: 200 })
    await clinician.reload()
    await clinician.getByText('and has not asked for the account, makes it here', { exact: false }).waitFor()
    await nurse.goto(`/patients/${id}?tab=account`)
    await nurse.getByRole('button', { name: 'Make a link to hand over' }).click()
    const link = nurse.getByText('This link is shown only now')
    await withStepUp(nurse, demo.personOf('nurse'), link)
    expect(await lookAt(nurse, 'account-link')).toEqual([])
    const url = await nurse.getByRole('code').filter({ hasText: '/invitation#' }).innerText()

    const { context, page } = await openWindow(demo.browser, demo.installation.url)
    await choosePassword(page, url, NEW)
    await enrol(page, NEW)
    await page.getByRole('link', { name: 'See your record' }).click()
    await tab(page, 'Who saw my record').waitFor()
    expect((await sessionOf(page)).user.patientId).toBe(id)

    // Whoever keeps accounts is told nothing of it.
    const { page: administrator } = demo.windowOf('administrator')
    const users = JSON.stringify((await callFrom(administrator, 'users.list', { limit: 200 })).data)
    expect(users).not.toContain((await sessionOf(page)).user.id)
    expect(users).not.toContain(NEW.email)

    await officer.reload()
    await officer.getByRole('button', { name: 'End the account' }).click()
    const end = officer.getByRole('dialog', { name: 'End the account' })
    await end.getByLabel('Reason').fill('The patient has asked for it')
    await end.getByRole('button', { name: 'End it' }).click()
    await officer.getByText('This patient has no account').waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Sign in' }).first().waitFor()
    await context.close()
  })

  it('has a door of its own, which each door leads to', async () => {
    const { context, page } = await openWindow(demo.browser, demo.installation.url)
    await page.goto('/sign-in')
    await page.getByRole('button', { name: 'Are you a patient? Sign in here' }).click()
    await page.getByRole('heading', { name: 'Sign in as a patient' }).waitFor()
    expect(await lookAt(page, 'sign-in-patient')).toEqual([])
    await page.getByRole('button', { name: 'Do you work here? Sign in here' }).click()
    await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor()
    await context.close()
  })

  it('has links that are followed where the page is open already, and one that is none says so', async () => {
    const { context, page } = await openWindow(demo.browser, demo.installation.url)
    await page.goto('/sign-in')
    await page.getByRole('heading', { name: 'Sign in', exact: true }).waitFor()
    for (const token of ['x'.repeat(43), 'cut']) {
      await page.goto(`/sign-in#i.${token}`)
      await page.getByText('This invitation can’t be used').waitFor()
      expect(new URL(page.url()).hash).toBe('#own')
      await page.getByRole('button', { name: 'Go to sign-in' }).click()
      await page.getByRole('heading', { name: 'Sign in as a patient' }).waitFor()
    }
    await context.close()
  })
})
