import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { approve, assignRole, invite, openDecision, requestLink } from './harness/administration.ts'
import { callFrom } from './harness/api.ts'
import { type BrowserWindow, launchBrowser, openWindow, takePicture } from './harness/browser.ts'
import { FORGERIES } from './harness/forgeries.ts'
import { type Installation, makeInstallation } from './harness/installation.ts'
import { lookAt } from './harness/look.ts'
import { chooseCase, type GeneratedPatient, makePopulation, type Population } from './harness/population.ts'
import { openRelease } from './harness/release.ts'
import {
  authenticatorOf,
  changePassword,
  choosePassword,
  download,
  enrol,
  giveCode,
  givePassword,
  home,
  signIn,
  signOut,
  withStepUp,
} from './harness/sign-in.ts'
import { INVITED, STAFF, type StaffKey } from './harness/staff.ts'
import { ageFactors, tamper } from './harness/superuser.ts'
import { factIn, textOf } from './harness/text.ts'

/*
 * The main job from an empty folder to a forged log, as its people do it: one installation, one browser each.
 * The tests are its steps, in order; after one that fails the others are skipped.
 */

const PATIENTS = 30
const LABELS = {
  success: 'Success',
  failure: 'Failure',
  refused: 'Refused',
  asked: 'Asked for a code',
} as const
type Outcome = keyof typeof LABELS

const REFUSED = 'Your roles don’t open this page'

let installation: Installation
let browser: Browser
let population: Population
let patient: GeneratedPatient
let npi: string
let verifierKey: string
let patientId: string
let exportId: string

const windows = new Map<StaffKey, BrowserWindow>()
const links = new Map<StaffKey, string>()

const windowOf = async (key: StaffKey): Promise<BrowserWindow> => {
  const open = windows.get(key) ?? (await openWindow(browser, installation.url))
  windows.set(key, open)
  return open
}
const pageOf = async (key: StaffKey): Promise<Page> => (await windowOf(key)).page

const linkOf = (key: StaffKey): string => {
  const link = links.get(key)
  if (link === undefined) throw new Error(`${STAFF[key].name} was not invited.`)
  return link
}

const go = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click()

/** The patient's notes that stand in a text. */
const notesIn = (text: string): readonly string[] => patient.notes.filter((note) => text.includes(note))

beforeAll(async () => {
  // Whom the clinician has treated follows from the file, whose encounters may lie years back.
  installation = await makeInstallation({ CHARTWARD_CARE_RELATIONSHIP_DAYS: '3650' })
  const { first, second } = STAFF
  const initialised = await installation.run(
    'init',
    ...[first, second].flatMap(({ name, email }) => ['--admin', `${name} <${email}>`]),
  )
  expect(initialised).toMatchObject({ exitCode: 0 })
  for (const key of ['first', 'second'] as const) {
    const link = new RegExp(`${STAFF[key].email} +(http\\S+)`).exec(initialised.output)?.[1]
    expect(link).toMatch(/\/invitation#[A-Za-z0-9_-]{16,}$/)
    links.set(key, link ?? '')
  }
  verifierKey = /verifier key, for auditors: (\S+)/.exec(initialised.output)?.[1] ?? ''
  const file = join(installation.folder, 'population.ndjson')
  population = await makePopulation('end-to-end', PATIENTS, file)
  ;({ npi, patient } = chooseCase(population))
  const imported = await installation.run('import', file)
  expect(imported).toMatchObject({ exitCode: 0 })
  expect(imported.output).toMatch(/ created, 0 updated, \d+ unchanged, 0 rejected/)
  await installation.start('serve', '--port', String(installation.port))
  browser = await launchBrowser()
})

afterAll(async () => {
  await browser?.close()
  await installation?.remove()
})

let failed = false

beforeEach(({ skip }) => skip(failed, 'an earlier step has failed'))

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  failed = true
  for (const [key, { page }] of windows) await takePicture(page, `failed-${key}`)
})

describe('accounts', () => {
  it('an administrator takes over an account by a one-time link: a password by the policy, a second factor, and nothing before it', async () => {
    const page = await pageOf('first')
    await page.goto(linkOf('first'))
    await page.getByRole('heading', { name: `Welcome, ${STAFF.first.name}` }).waitFor()
    expect(page.url()).not.toContain('#')

    const set = page.getByRole('button', { name: 'Set the password' })
    const rules = page.getByRole('listitem')
    await page.getByLabel('New password').fill('short')
    await page.getByLabel('The same again').fill('short')
    expect(await rules.allInnerTexts()).toEqual([
      'At least 12 characters',
      'Three of: lower case, upper case, digit, other sign',
    ])
    expect(await rules.getByRole('img', { name: 'Not yet:' }).count()).toBe(2)
    expect(await set.isDisabled()).toBe(true)

    await page.getByLabel('New password').fill('Chartward-2026!')
    await page.getByLabel('The same again').fill('Chartward-2026!')
    await set.click()
    await page.getByText("Don't use your name, your address or the name of this product.").waitFor()

    await choosePassword(page, linkOf('first'), STAFF.first)
    expect(await callFrom(page, 'users.list', {})).toMatchObject({ status: 401, code: 'ENROLMENT_REQUIRED' })
    await page.goto('/users')
    await page.getByRole('heading', { name: 'Set up your second factor' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/sign-in')

    await page.goto('/sign-in')
    const codes = await enrol(page, STAFF.first)
    expect(new Set(codes).size).toBe(10)
    await page.getByText('Administrator', { exact: true }).first().waitFor()
  })

  it('so does the other one; a link that was used opens nothing', async () => {
    const page = await pageOf('second')
    await choosePassword(page, linkOf('second'), STAFF.second)
    await enrol(page, STAFF.second)

    const { context, page: other } = await openWindow(browser, installation.url)
    await other.goto(linkOf('second'))
    await other.getByRole('heading', { name: 'This invitation can’t be used' }).waitFor()
    await other.getByText(/^This invitation has expired, was used, or never was\./).waitFor()
    await context.close()
  })

  it('one administrator invites six people and gives each a role with a reason', async () => {
    const page = await pageOf('first')
    for (const { key, title, privileged, until } of INVITED) {
      const person = STAFF[key]
      links.set(key, await invite(page, STAFF.first, person))
      await assignRole(page, STAFF.first, {
        title,
        privileged,
        until,
        reason: `Hired as ${title.toLowerCase()}`,
      })
      if (key === 'clinician') await requestLink(page, STAFF.first, npi)
    }
    const all = await callFrom(page, 'users.list', { status: 'invited' })
    expect(all.data).toMatchObject({ items: { length: INVITED.length } })
  })

  it('whoever decides reads first, approving or rejecting: for whom, what, until when, why, by whom, and what it allows', async () => {
    const page = await pageOf('second')
    await go(page, 'Approvals')
    for (const verdict of ['Approve', 'Reject'] as const) {
      const dialog = await openDecision(page, verdict, STAFF.officer)
      const fact = (name: string) => textOf(factIn(dialog, name))
      expect(await fact('For')).toBe(`${STAFF.officer.name}, ${STAFF.officer.email}`)
      expect(await fact('What')).toBe('Role Privacy officer')
      expect(await fact('Until')).toBe('No end')
      expect(await fact('Reason given')).toBe('“Hired as privacy officer”')
      expect(await fact('Requested by')).toBe(STAFF.first.name)
      expect(await fact('Requested')).toMatch(/\b20\d\d\b/)
      const role = dialog.getByRole('region', { name: 'What the role Privacy officer permits' })
      const allowed = await role.getByRole('listitem').allInnerTexts()
      expect(allowed).toContain('Search the audit log')
      expect(allowed).toContain('Approve or reject an export that another user requested · asks for a code')
      expect(allowed.filter((words) => /^[a-z-]+:[a-z-]+:/.test(words))).toEqual([])
      expect(await lookAt(page, `second-${verdict.toLowerCase()}`)).toEqual([])
      await page.setViewportSize({ width: 1440, height: 900 })
      await dialog.getByRole('button', { name: 'Cancel' }).click()
      await dialog.waitFor({ state: 'detached' })
    }
    const dialog = await openDecision(page, 'Approve', STAFF.clerk)
    expect(await textOf(factIn(dialog, 'Until'))).toMatch(/^(Dec 31, 2099|Jan 1, 2100), /)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.waitFor({ state: 'detached' })
  })

  it('what is asked for somebody who has not enrolled waits; each accepts the invitation, enrols and signs out', async () => {
    const page = await pageOf('second')
    const { data } = await callFrom(page, 'approvals.list', { status: 'pending' })
    const { items } = data as { items: { id: string }[] }
    expect(items.length).toBeGreaterThan(0)
    for (const { id } of items)
      expect((await callFrom(page, 'approvals.get', { id })).data).toMatchObject({
        terms: { subject: { enrolled: false } },
      })
    const join = async (key: StaffKey): Promise<void> => {
      const own = await pageOf(key)
      await choosePassword(own, linkOf(key), STAFF[key])
      await enrol(own, STAFF[key])
      await signOut(own)
    }
    await Promise.all(INVITED.map(({ key }) => join(key)))
  })

  it('nobody approves their own request, and the other administrator’s approval puts it in force', async () => {
    const asking = await pageOf('first')
    await go(asking, 'Approvals')
    const own = asking.getByRole('row').filter({ hasText: STAFF.officer.name })
    await own.getByText('Your own request: another person decides.').waitFor()
    expect(await asking.getByRole('button', { name: /^Approve/ }).count()).toBe(0)
    const list = await callFrom(asking, 'approvals.list', { status: 'pending' })
    expect(list.data).toMatchObject({ items: [{ mine: true }, { mine: true }, { mine: true }] })
    const { items } = list.data as { items: { id: string }[] }
    for (const { id } of items) {
      expect(await callFrom(asking, 'approvals.approve', { id, hash: '0'.repeat(64) })).toMatchObject({
        code: 'SECOND_PERSON_REQUIRED',
      })
    }

    const page = await pageOf('second')
    await go(page, 'Users')
    await page.getByRole('link', { name: STAFF.officer.name }).click()
    await page.getByText('No role, so no access').waitFor()
    await go(page, 'Approvals')
    await approve(page, STAFF.second, STAFF.officer)
    await approve(page, STAFF.second, STAFF.clinician)
    await approve(page, STAFF.second, STAFF.clerk)
    await page.getByText('Nothing waits for you').waitFor()
    await go(page, 'Users')
    await page.getByRole('link', { name: STAFF.officer.name }).click()
    const roles = page.getByRole('table', { name: /^Role assignments of/ })
    await roles.getByRole('row', { name: /Privacy officer In force/ }).waitFor()
  })

  it('each signs in by password and code', async () => {
    // The clinician signs in by the next test: each code counts once, and just three are good at any moment.
    const others = INVITED.filter(({ key }) => key !== 'clinician')
    await Promise.all(others.map(async ({ key }) => signIn(await pageOf(key), STAFF[key])))
  })

  it('a wrong code, a code given twice and an invitation used twice are refused, each with a reason', async () => {
    const page = await pageOf('clinician')
    const authenticator = authenticatorOf(STAFF.clinician)
    await givePassword(page, STAFF.clinician)
    await giveCode(page, authenticator.wrong())
    await page.getByText('The code is wrong.').waitFor()
    const code = await authenticator.next()
    await giveCode(page, code)
    await home(page).waitFor()

    await signOut(page)
    await givePassword(page, STAFF.clinician)
    await giveCode(page, code)
    await page.getByText('This code has been used. Wait for the next one.').waitFor()
    await giveCode(page, await authenticator.next())
    await home(page).waitFor()

    const { context, page: other } = await openWindow(browser, installation.url)
    await other.goto(linkOf('clinician'))
    await other.getByRole('heading', { name: 'This invitation can’t be used' }).waitFor()
    await context.close()
  })
})

describe('one’s own password', () => {
  it('is changed with the one that one has; what is wrong stands at its field, and the new one counts', async () => {
    const page = await pageOf('nurse')
    await changePassword(page, STAFF.nurse, 'Quiet-cobalt-lantern-9', async () => {
      expect(await lookAt(page, 'nurse-password')).toEqual([])
      await page.setViewportSize({ width: 1440, height: 900 })
    })
    await signOut(page)
    await signIn(page, STAFF.nurse)
  })
})

describe('one patient, opened by each', () => {
  it('the clinician, by the practitioner’s encounters, sees clinical data and notes, and no billing; the SSN as a mask', async () => {
    const page = await pageOf('clinician')
    await go(page, 'Patients')
    await page.getByLabel('Patient name').fill(patient.family)
    await page.getByRole('button', { name: 'Search', exact: true }).click()
    const found = page.getByRole('table', { name: 'Patients found' })
    await found.getByRole('link', { name: patient.name }).click()
    await page.getByRole('heading', { name: patient.name }).waitFor()
    patientId = new URL(page.url()).pathname.split('/')[2] ?? ''
    expect(patientId).toMatch(/^[0-9a-f-]{36}$/)

    await page.getByText(patient.street).waitFor()
    await page
      .getByRole('note', { name: new RegExp(`^Masked, shown as .*${patient.ssn.slice(-4)}`) })
      .waitFor()
    expect(await page.content()).not.toContain(patient.ssn)
    expect(await page.getByRole('tab', { name: /^Billing/ }).count()).toBe(0)

    await page.getByRole('tab', { name: /^Problems/ }).click()
    await page
      .getByRole('table', { name: 'Conditions' })
      .locator('tbody')
      .getByRole('button')
      .first()
      .waitFor()
    await page.getByRole('tab', { name: /^Documents/ }).click()
    const documents = page.getByRole('table', { name: 'Documents' })
    await documents.getByRole('row').last().getByRole('button').click()
    const note = page.getByRole('dialog', { name: 'Document' }).getByText('SUBJECTIVE:')
    expect(notesIn(await textOf(note))).toHaveLength(1)
    await page.keyboard.press('Escape')
  })

  it('the clinician puts the nurse into the care team, and the nurse sees clinical data and that there are notes', async () => {
    const page = await pageOf('clinician')
    await page.goto(`/patients/${patientId}?tab=care-team`)
    await page.getByRole('button', { name: 'Add to the care team' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add to the care team' })
    await dialog.getByRole('combobox', { name: 'Colleague' }).fill(STAFF.nurse.name.slice(0, 3))
    await page.getByRole('option', { name: new RegExp(STAFF.nurse.name) }).click()
    await dialog.getByLabel('Reason').fill('Looks after the ward this month')
    await dialog.getByRole('button', { name: 'Add', exact: true }).click()
    const team = page.getByRole('table', { name: 'Care relationships' })
    await withStepUp(page, STAFF.clinician, team.getByRole('row').filter({ hasText: STAFF.nurse.name }))

    const nurse = await pageOf('nurse')
    await go(nurse, 'Patients')
    const mine = nurse.getByRole('table', { name: 'Patients in your care' })
    await mine.getByRole('link', { name: patient.name }).click()
    await nurse.getByRole('heading', { name: patient.name }).waitFor()
    expect(await nurse.getByRole('tab', { name: /^Billing/ }).count()).toBe(0)
    await nurse.getByRole('tab', { name: /^Problems/ }).click()
    await nurse
      .getByRole('table', { name: 'Conditions' })
      .locator('tbody')
      .getByRole('button')
      .first()
      .waitFor()
    await nurse.getByRole('tab', { name: /^Documents/ }).click()
    const documents = nurse.getByRole('table', { name: 'Documents' })
    await documents.getByRole('row').last().getByRole('button').click()
    await nurse
      .getByRole('dialog')
      .getByRole('note', { name: /^Masked\. Your role shows that there is/ })
      .first()
      .waitFor()
    expect(notesIn(await textOf(nurse.locator('body')))).toEqual([])
  })

  it('the billing clerk finds the patient by MRN and sees insurance, address and claims, the name as initials, no notes', async () => {
    const page = await pageOf('clerk')
    await go(page, 'Patients')
    await page.getByLabel('Medical record number').fill(patient.mrn)
    await page.getByRole('button', { name: 'Search', exact: true }).click()
    const row = page
      .getByRole('table', { name: 'Patients found' })
      .getByRole('row')
      .filter({ hasText: patient.mrn })
    await row
      .getByRole('note', { name: `Masked, shown as ${patient.initials}` })
      .first()
      .waitFor()
    await row.getByRole('link', { name: 'Open' }).click()
    await page.getByText(patient.street).waitFor()
    expect(new URL(page.url()).pathname).toBe(`/patients/${patientId}`)
    expect(await page.content()).not.toContain(patient.family)
    for (const clinical of ['Problems', 'Documents', 'Results', 'Medication'])
      expect(await page.getByRole('tab', { name: new RegExp(`^${clinical}`) }).count()).toBe(0)

    await page.getByRole('tab', { name: /^Billing/ }).click()
    await page.getByRole('table', { name: 'Coverage' }).locator('tbody').getByRole('button').first().waitFor()
    await page.getByRole('link', { name: /^Claims \d/ }).click()
    const claims = page.getByRole('table', { name: 'Claims' })
    await claims.locator('tbody').getByRole('button').first().waitFor()
    expect(await claims.getByRole('row').count()).toBe(1 + patient.claims)
    expect(await callFrom(page, 'records.list', { patientId, type: 'DocumentReference' })).toMatchObject({
      code: 'FORBIDDEN',
    })
  })

  it('the administrator and the analyst have no patients at all', async () => {
    for (const key of ['first', 'analyst'] as const) {
      const page = await pageOf(key)
      const main = page.getByRole('navigation', { name: 'Main' })
      await main.getByRole('link', { name: 'Overview' }).waitFor()
      expect(await main.getByRole('link', { name: 'Patients' }).count()).toBe(0)
      await page.goto(`/patients/${patientId}`)
      await page.getByRole('heading', { name: REFUSED }).waitFor()
      expect(await callFrom(page, 'patients.get', { id: patientId })).toMatchObject({
        status: 403,
        code: 'FORBIDDEN',
        data: undefined,
      })
    }
  })

  it('a clinician without a care relationship is refused', async () => {
    const page = await pageOf('stranger')
    await go(page, 'Patients')
    await page.getByText('No patient is in your care yet').waitFor()
    await page.goto(`/patients/${patientId}`)
    await page.getByRole('heading', { name: 'Not in your care' }).waitFor()
    await page.getByText('You have no care relationship with this patient.').waitFor()
    expect(await callFrom(page, 'patients.get', { id: patientId })).toMatchObject({
      code: 'NO_CARE_RELATIONSHIP',
    })
  })
})

describe('a de-identified export', () => {
  it('is requested by the analyst and approved by the privacy officer', async () => {
    const page = await pageOf('analyst')
    await go(page, 'Exports')
    await page.getByRole('button', { name: 'Request an export' }).click()
    const dialog = page.getByRole('dialog', { name: 'Request a de-identified export' })
    await dialog.getByLabel('What is it for?').fill('Readmission report for the quality board')
    for (const type of ['Conditions', 'Encounters', 'Observations', 'Claims'])
      await dialog.getByRole('checkbox', { name: type, exact: true }).check()
    await dialog.getByRole('button', { name: 'Send the request' }).click()
    await page.getByRole('definition').filter({ hasText: 'Waits for approval' }).waitFor()
    exportId = new URL(page.url()).pathname.split('/')[2] ?? ''
    expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0)

    const officer = await pageOf('officer')
    await go(officer, 'Exports')
    await officer.getByRole('link', { name: 'Readmission report for the quality board' }).click()
    await officer.getByRole('button', { name: 'Approve', exact: true }).click()
    const decision = officer.getByRole('dialog', { name: 'Approve the export' })
    const confirm = decision.getByRole('button', { name: 'Approve and build' })
    await decision.getByLabel('Reason').fill('Meets the minimum that the board needs')
    await confirm.click()
    await decision.getByText('Without this nothing can be released.').waitFor()
    await decision.getByRole('checkbox').check()
    await ageFactors(installation.folder)
    await confirm.click()
    // What is over a dialog is closed before it, and what was typed in it stays.
    const code = officer.getByRole('dialog', { name: 'Confirm that it’s you' })
    await code.getByLabel('Code from your authenticator app').waitFor()
    await officer.keyboard.press('Escape')
    await code.waitFor({ state: 'detached' })
    expect(await decision.getByLabel('Reason').inputValue()).toBe('Meets the minimum that the board needs')
    await confirm.click()
    // The code that the officer gave at sign-in is too old by now, and so is everybody's.
    const done = officer.getByRole('listitem').filter({ hasText: 'Meets the minimum that the board needs' })
    expect(await withStepUp(officer, STAFF.officer, done)).toBe(true)
  })

  it('is built, and the analyst downloads it both ways: nothing in it says who anybody is', async () => {
    const page = await pageOf('analyst')
    await page.goto(`/exports/${exportId}`)
    await page.getByText('Ready', { exact: true }).waitFor({ timeout: 60_000 })
    const steps = page.getByRole('list', { name: 'Steps of the request' }).getByRole('listitem')
    expect(await steps.locator('strong').allInnerTexts()).toEqual([
      'Requested',
      'Approved',
      'Built',
      'Can be downloaded until',
    ])
    await page.getByRole('button', { name: 'Ask again like this one' }).click()
    const again = page.getByRole('dialog', { name: 'Request a de-identified export' })
    expect(await again.getByLabel('What is it for?').inputValue()).toBe(
      'Readmission report for the quality board',
    )
    expect(await again.getByRole('checkbox', { name: 'Claims', exact: true }).isChecked()).toBe(true)
    await again.getByRole('button', { name: 'Cancel' }).click()
    await again.waitFor({ state: 'detached' })
    const identifying = population.patients.flatMap(({ name, mrn, ssn, street, phone, id }) => [
      name,
      mrn,
      ssn,
      street,
      phone,
      id,
    ])
    expect(identifying.filter((value) => value !== '').length).toBeGreaterThan(PATIENTS * 4)
    // One manifest is of both: a file of either has the hash that it gives, and it gives none beside.
    const listed = new Map<string, string>()
    const received = new Map<string, string>()
    for (const format of ['CSV', 'NDJSON']) {
      const button = page.getByRole('button', { name: `Download ${format}` })
      const { content, asked } = await download(page, STAFF.analyst, button)
      expect(asked).toBe(format === 'CSV')
      const { magic, files, manifest, hashes } = openRelease(content)
      expect(magic).toBe('PK\u0003\u0004')
      expect([...files.keys()].every((name) => name.endsWith(`.${format.toLowerCase()}`))).toBe(true)
      for (const { name, sha256 } of manifest.files) listed.set(name, sha256)
      for (const [name, hash] of hashes) received.set(name, hash)
      for (const [name, text] of [...files, ['manifest.json', JSON.stringify(manifest)] as const])
        for (const value of identifying)
          if (value !== '')
            expect(text.includes(value), `${name} of ${format} holds an identifier`).toBe(false)
    }
    expect(received.size).toBe(10)
    expect(received).toEqual(listed)
  })
})

describe('the audit log', () => {
  it('holds every step, each found by its action and outcome', async () => {
    const page = await pageOf('officer')
    const entries = page.getByRole('table', { name: 'Audit entries, newest first' })
    const { first, second, clinician, stranger, nurse, clerk, officer, analyst } = STAFF
    const nobody = { name: 'Nobody signed in' }
    const builder = { name: 'Export builder' }
    const steps: readonly (readonly [string, Outcome, readonly { readonly name: string }[]])[] = [
      ['auth.invitation.viewed', 'failure', [nobody]],
      ['auth.invitation.accepted', 'failure', [nobody]],
      ['auth.invitation.accepted', 'success', [first, second, clinician]],
      ['auth.factor.enrolled', 'success', [first, second, nurse]],
      ['auth.sign-in.totp', 'success', [clinician, clerk]],
      ['auth.sign-in.totp', 'failure', [clinician]],
      ['auth.sign-out', 'success', [clinician]],
      ['auth.password.changed', 'failure', [nurse]],
      ['auth.password.changed', 'success', [nurse]],
      ['auth.step-up', 'success', [officer, analyst]],
      ['user.invited', 'success', [first]],
      ['user.listed', 'refused', [first]],
      ['role.assignment.granted', 'success', [first]],
      ['role.assignment.requested', 'success', [first]],
      ['approval.approved', 'success', [second]],
      ['approval.approved', 'refused', [first]],
      ['user.practitioner.linked', 'success', [second]],
      ['patient.searched', 'success', [clinician, clerk]],
      ['patient.viewed', 'success', [clinician, nurse, clerk]],
      ['patient.viewed', 'refused', [stranger, first, analyst]],
      ['record.listed', 'success', [clinician, nurse, clerk]],
      ['record.listed', 'refused', [clerk]],
      ['care.relationship.created', 'success', [clinician]],
      ['export.requested', 'success', [analyst]],
      ['export.approved', 'asked', [officer]],
      ['export.approved', 'success', [officer]],
      ['export.built', 'success', [builder]],
      ['export.downloaded', 'success', [analyst]],
    ]
    for (const [action, outcome, people] of steps) {
      await page.goto(`/audit?action=${action}&outcome=${outcome}`)
      const found = entries.getByRole('row').filter({ hasText: LABELS[outcome] })
      for (const { name } of people) await found.filter({ hasText: name }).first().waitFor()
    }
  })

  it('says of a refusal who, what, which patient, when, from where, why, and what decided; of a view, which fields', async () => {
    const page = await pageOf('officer')
    await go(page, 'Audit log')
    await page.getByRole('combobox', { name: 'Action' }).fill('Patient viewed')
    await page.getByRole('option', { name: 'Patient viewed' }).click()
    await page.getByRole('combobox', { name: 'Outcome' }).click()
    await page.getByRole('option', { name: 'Refused' }).click()
    const entries = page.getByRole('table', { name: 'Audit entries, newest first' })
    await entries
      .getByRole('row')
      .filter({ hasText: STAFF.stranger.name })
      .first()
      .getByRole('button')
      .first()
      .click()
    const entry = page.getByRole('dialog', { name: 'Patient viewed' })
    const fact = (name: string) => factIn(entry, name)
    expect(await textOf(fact('Outcome'))).toBe('Refused')
    expect(await textOf(fact('Who'))).toContain(STAFF.stranger.name)
    expect(await fact('Patient').getByRole('button', { name: /^Copy/ }).getAttribute('title')).toBe(patientId)
    expect(await textOf(fact('When'))).toMatch(/\d{4}/)
    expect(await textOf(fact('From'))).toMatch(/^(127\.0\.0\.1|::1), Chrome on Linux$/)
    expect(await textOf(fact('Decided by'))).toMatch(/^clinician\//)
    expect(await textOf(fact('Reason'))).not.toBe('')
    await page.keyboard.press('Escape')
  })

  it('proves an entry’s inclusion in the browser, and holds as a whole', async () => {
    const page = await pageOf('officer')
    await page.goto('/audit?action=patient.viewed&outcome=success')
    const entries = page.getByRole('table', { name: 'Audit entries, newest first' })
    await entries
      .getByRole('row')
      .filter({ hasText: STAFF.nurse.name })
      .first()
      .getByRole('button')
      .first()
      .click()
    const entry = page.getByRole('dialog', { name: 'Patient viewed' })
    await entry.getByRole('heading', { name: /^Fields shown \(\d+\)/ }).waitFor()
    await entry.getByRole('heading', { name: /^Fields shown masked \(\d+\)/ }).waitFor()
    await entry.getByRole('button', { name: 'Verify inclusion' }).click()
    await entry.getByText('Verified: this entry is in the signed tree').waitFor()
    expect(await entry.getByRole('img', { name: 'Holds:' }).count()).toBe(5)
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: 'Verify the log' }).click()
    const whole = page.getByRole('dialog', { name: 'The log as a whole' })
    await whole.getByText(/^Signed and verified at/).waitFor()
    await whole.getByRole('button', { name: 'Check the whole log' }).click()
    await whole.getByText('Everything fits').waitFor()
    await page.keyboard.press('Escape')
  })

  it('is verified offline as it was downloaded, and no copy with an entry changed or left out is', async () => {
    const page = await pageOf('officer')
    const button = page.getByRole('button', { name: 'Download the log' })
    const { content: bundle } = await download(page, STAFF.officer, button)
    const file = join(installation.folder, 'log.ndjson')
    await writeFile(file, bundle)
    const held = await installation.run('verify', file, '--key', verifierKey)
    expect(held).toMatchObject({ exitCode: 0, output: expect.stringContaining('The log holds') })

    const forgeries = FORGERIES.map(async ([name, forge]) => {
      const forged = join(installation.folder, `${name}.ndjson`)
      const text = `${forge(bundle.toString().trimEnd().split('\n')).join('\n')}\n`
      expect(text).not.toBe(bundle.toString())
      await writeFile(forged, text)
      const { exitCode, output } = await installation.run('verify', forged, '--key', verifierKey)
      return [name, exitCode, output.includes('does NOT hold')]
    })
    expect(await Promise.all(forgeries)).toEqual(FORGERIES.map(([name]) => [name, 1, true]))

    const missing = join(installation.folder, 'no-such-log')
    expect(await installation.run('verify', missing, '--key', verifierKey)).toMatchObject({ exitCode: 2 })
  })

  it('names the rows that the database’s superuser changed, deleted and inserted', async () => {
    const rows = await tamper(installation.folder)
    const page = await pageOf('officer')
    await page.goto('/audit?proof=true')
    const whole = page.getByRole('dialog', { name: 'The log as a whole' })
    // What the last check has found is asked for first.
    await whole.getByText('Everything fits').waitFor()
    const answer = page.waitForResponse(
      (response) => response.url().includes('audit.check?') || /audit\.check(,|$)/.test(response.url()),
    )
    await whole.getByRole('button', { name: 'Check the whole log' }).click()
    const told = await (await answer).text()
    await whole.getByText(/problems found$/).waitFor()
    for (const id of Object.values(rows)) expect(told).toContain(id)
    const problems = await whole.getByRole('listitem').allInnerTexts()
    expect(
      problems.map((problem) => /^[A-Z][a-z ]+[a-z]/.exec(problem)?.[0].replace(/ at leaf$/, '')).toSorted(),
    ).toEqual(['Column changed', 'Entry missing', 'Entry unsequenced'])
  })
})

it('no page on the way was stopped by its own content policy or failed by itself', () => {
  for (const [key, { violations, errors }] of windows) {
    expect([key, violations]).toEqual([key, []])
    // What the server refuses, the browser reports as a failed request: those were meant.
    expect([key, errors.filter((error) => !/^Failed to load resource.*\/trpc\//.test(error))]).toEqual([
      key,
      [],
    ])
  }
})
