import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { callFrom } from './harness/api.ts'
import { type Demo, openDemo } from './harness/demo.ts'
import { lookAt, settled } from './harness/look.ts'
import { download, type Person } from './harness/sign-in.ts'
import { textOf } from './harness/text.ts'

/* The privacy officer's job: find a patient, see who saw them, take it away, find all of that in the log. */

const ROLES = ['privacy-officer', 'clinician', 'administrator'] as const
type Role = (typeof ROLES)[number]

let demo: Demo<Role>

/** Whom the clinician treats, as the clinician's page says. */
let patientId: string
let mrn: string
let name: string

const personOf = (role: Role): Person => demo.personOf(role)

const pageOf = (role: Role): Page => demo.windowOf(role).page

const idsIn = (data: unknown): string[] =>
  (data as { items: readonly { id: string }[] }).items.map(({ id }) => id)

beforeAll(async () => {
  demo = await openDemo(ROLES, { patients: 12 })
})

afterAll(async () => {
  await demo?.close()
})

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  await demo?.picture('failed-who-saw')
})

const accesses = (page: Page): Locator =>
  page.getByRole('table', { name: 'Who saw this patient, newest first' })

/** The rows of a table that hold all of these texts. */
const rowsWith = (table: Locator, ...texts: readonly string[]): Locator =>
  texts.reduce((rows, hasText) => rows.filter({ hasText }), table.getByRole('row'))

describe('who saw a patient', () => {
  it('a clinician opens a chart; an administrator, past what the console offers, is refused it', async () => {
    const clinician = pageOf('clinician')
    await clinician.goto('/patients')
    await settled(clinician)
    const treated = idsIn((await callFrom(clinician, 'patients.mine', {})).data)
    patientId = treated[0] ?? ''
    expect(patientId).not.toBe('')
    await clinician.goto(`/patients/${patientId}?tab=problems`)
    await clinician.getByRole('tab', { name: /^Problems/, selected: true }).waitFor()
    await settled(clinician)
    name = await textOf(clinician.getByRole('heading', { level: 1 }))
    mrn = /MRN\s*(\d+)/.exec(await textOf(clinician.getByRole('main')))?.[1] ?? ''
    const refused = await callFrom(pageOf('administrator'), 'patients.get', { id: patientId })
    expect(refused.code).toBe('FORBIDDEN')
  })

  it('the privacy officer finds the patient by MRN, and sees identity and care team and nothing clinical', async () => {
    const page = pageOf('privacy-officer')
    await page.goto('/patients')
    await page.getByLabel('Medical record number').fill(mrn)
    await page.getByRole('button', { name: 'Search', exact: true }).click()
    await page.getByRole('table', { name: 'Patients found' }).getByRole('link', { name }).click()
    await page.getByRole('heading', { level: 1, name }).waitFor()
    const tabs = await page.getByRole('tab').allInnerTexts()
    expect(tabs).toEqual([
      'Overview',
      'Care team',
      'Who saw this patient',
      'Who can see',
      'Account',
      'Holds and destruction',
    ])
    const shown = await textOf(page.getByRole('main'))
    expect(shown).toContain(mrn)
    expect(shown).not.toMatch(/SSN|Gender|Address|Phone/i)
    await page.getByRole('tab', { name: 'Care team' }).click()
    const team = page.getByRole('table', { name: 'Care relationships' })
    await rowsWith(team, 'Imported records', 'Opens the chart').first().waitFor()
  })

  it('sees who opened the chart, by what, and which fields; and who was refused it, told apart', async () => {
    const page = pageOf('privacy-officer')
    await page.getByRole('tab', { name: 'Who saw this patient' }).click()
    const clinician = personOf('clinician').name
    const administrator = personOf('administrator').name
    const opened = rowsWith(accesses(page), clinician, 'Patient viewed')
    await opened.first().waitFor()
    expect(await textOf(opened.first())).toMatch(/Clinician.*Care relationship.*Identity.*Shown/s)
    await opened.first().getByText(/field/).click()
    await opened.first().getByText('Birth date').waitFor()
    const refused = await textOf(rowsWith(accesses(page), administrator).first())
    expect(refused).toMatch(/Administrator.*None.*Refused/s)
    const counts = page.getByRole('table', { name: 'People who saw this patient, or tried to' })
    const [, shown, refusals, asked] = await rowsWith(counts, administrator).getByRole('cell').allInnerTexts()
    expect([shown, refusals, asked]).toEqual(['0', '1', '0'])
  })

  it('narrows it by a person and by an action, and takes both off again', async () => {
    const page = pageOf('privacy-officer')
    const clinician = personOf('clinician').name
    await page.getByRole('button', { name: clinician, exact: true }).click()
    await page.getByRole('button', { name: `Remove the filter Who: ${clinician}` }).waitFor()
    await rowsWith(accesses(page), personOf('administrator').name).first().waitFor({ state: 'detached' })
    await page.getByRole('combobox', { name: 'Action' }).click()
    await page.getByRole('option', { name: 'Record listed' }).click()
    await rowsWith(accesses(page), 'Patient viewed').first().waitFor({ state: 'detached' })
    await rowsWith(accesses(page), 'Record listed').first().waitFor()
    await page.getByRole('button', { name: 'Remove the filter What: Record listed' }).click()
    await page.getByRole('button', { name: `Remove the filter Who: ${clinician}` }).click()
    await rowsWith(accesses(page), personOf('administrator').name).first().waitFor()
  })

  it('has it for paper, with who asked, the period, the patient and the size of the tree, and without the frame', async () => {
    const page = pageOf('privacy-officer')
    await page.getByRole('link', { name: 'Print view' }).click()
    await page.getByText('As of tree size').waitFor()
    const sheet = await textOf(page.getByRole('main'))
    expect(sheet).toContain(patientId)
    expect(sheet).toContain(personOf('privacy-officer').name)
    expect(sheet).toContain('all of the log')
    expect(sheet).toMatch(/Accesses\s*\d+, all/)
    expect(sheet).not.toContain(name)
    await page.emulateMedia({ media: 'print' })
    await page.getByRole('banner').waitFor({ state: 'hidden' })
    expect(await page.getByRole('navigation', { name: 'Main' }).isVisible()).toBe(false)
    expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false)
    expect(await page.getByRole('table', { name: 'Accesses, newest first' }).isVisible()).toBe(true)
    await page.emulateMedia({ media: 'screen' })
  })

  it('takes it away as CSV, with a fresh code where one is due', async () => {
    const page = pageOf('privacy-officer')
    await page.getByRole('link', { name: 'Back to the patient' }).click()
    const button = page.getByRole('button', { name: 'Download as CSV' })
    const { content } = await download(page, personOf('privacy-officer'), button)
    const [names = '', ...lines] = content.toString('utf8').split('\r\n').slice(0, -1)
    expect(names).toMatch(/^time_utc,person,person_id,roles,reached_by,/)
    expect(
      lines.some((line) => line.includes(personOf('administrator').name) && line.includes('refused')),
    ).toBe(true)
    expect(lines.some((line) => line.includes('care') && line.includes('Patient.name'))).toBe(true)
    expect(content.toString('utf8')).not.toContain(mrn)
  })

  it('finds all of that in the log: looked at, printed, taken away; and comes back from an entry to the patient', async () => {
    const page = pageOf('privacy-officer')
    await page.goto(`/audit?patient=${patientId}&text=accesses`)
    const table = page.getByRole('table', { name: 'Audit entries, newest first' })
    for (const action of ['viewed', 'printed', 'exported'])
      await rowsWith(table, `Audit accesses ${action}`, 'Success').first().waitFor()
    await table.getByRole('button', { name: 'Audit accesses printed' }).first().click()
    await page.getByRole('dialog').getByRole('link', { name: 'who saw this patient' }).click()
    await page.getByRole('tab', { name: 'Who saw this patient', selected: true }).waitFor()
    expect(new URL(page.url()).pathname).toBe(`/patients/${patientId}`)
  })

  it('is open to nobody else: an administrator has neither the page nor the print of it', async () => {
    const page = pageOf('administrator')
    for (const path of [`/patients/${patientId}?tab=who-saw`, `/patients/${patientId}/accesses`]) {
      await page.goto(path)
      await page.getByText(/your roles don.t open this page/i).waitFor()
    }
  })
})

describe('the log', () => {
  it('is narrowed to a person by name, and to a patient by MRN; each filter is a chip that comes off', async () => {
    const page = pageOf('privacy-officer')
    await page.goto('/audit')
    const table = page.getByRole('table', { name: 'Audit entries, newest first' })
    const administrator = personOf('administrator').name
    await page.getByRole('combobox', { name: 'Person' }).fill(administrator.slice(0, 4))
    await page.getByRole('option', { name: administrator }).click()
    await page.getByRole('button', { name: `Remove the filter: By ${administrator}` }).waitFor()
    await rowsWith(table, 'Patient viewed', 'Refused').first().waitFor()
    await page.getByRole('button', { name: 'Patient', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Entries about one patient' })
    await dialog.getByLabel('Medical record number').fill(mrn)
    await dialog.getByRole('button', { name: 'Search', exact: true }).click()
    await dialog.getByRole('button', { name: /^Choose/ }).click()
    const chip = page.getByRole('button', { name: /^Remove the filter: Patient/ })
    await chip.waitFor()
    expect(page.url()).not.toContain(mrn)
    expect(new URL(page.url()).searchParams.get('patient')).toBe(patientId)
    await chip.click()
    await chip.waitFor({ state: 'detached' })
  })

  it('who can see a field is decided, and why each of them can', async () => {
    const page = pageOf('privacy-officer')
    await page.goto(`/patients/${patientId}?tab=who-can`)
    const readers = page.getByRole('table', { name: 'Who can see this field of this patient' })
    const clinician = personOf('clinician').name
    await rowsWith(readers, clinician, 'Clear', 'Clinician').first().waitFor()
    await rowsWith(readers, 'Masked', 'Billing clerk', 'The role reaches every patient').first().waitFor()
    expect(await lookAt(page, 'who-can')).toEqual([])
    await page.getByRole('combobox', { name: 'Field' }).fill('Condition: code')
    await page.getByRole('option', { name: 'Condition: code', exact: true }).click()
    await rowsWith(readers, 'Billing clerk').first().waitFor({ state: 'detached' })
    await readers.getByRole('button', { name: clinician }).click()
    const why = page.getByRole('dialog', { name: `Why ${clinician} can see this patient` })
    await why.getByText('as the records say').waitFor()
    expect(await textOf(why)).toMatch(/Clinician, version \d+/)
    await page.keyboard.press('Escape')
    await why.waitFor({ state: 'detached' })
    const administrator = pageOf('administrator')
    const asked = { patientId, field: 'Patient.name' }
    expect((await callFrom(administrator, 'why.readers', asked)).code).toBe('FORBIDDEN')
  })

  it('an administrator is told why somebody may do something', async () => {
    const page = pageOf('administrator')
    await page.goto('/users')
    await page.getByRole('link', { name: personOf('clinician').name }).click()
    await page.getByRole('tab', { name: /^Why can they/ }).click()
    await page.getByRole('combobox', { name: 'What' }).fill('Open a patient')
    await page.getByRole('option', { name: 'Open a patient', exact: true }).click()
    await page.getByText('Yes, of patients in their care').waitFor()
    expect(await lookAt(page, 'user-why')).toEqual([])
  })

  it('says from when on it is counted where no day is chosen, and nothing of it where one is', async () => {
    const page = pageOf('privacy-officer')
    await page.goto('/audit')
    await page
      .getByText(/^Counted from [A-Z][a-z]{2} \d{1,2}, \d{4} on\. The list goes further back\.$/)
      .waitFor()
    const today = new Date().toISOString().slice(0, 10)
    await page.goto(`/audit?from=${today}`)
    await settled(page)
    expect(await page.getByText(/^Counted from/).count()).toBe(0)
  })

  it('takes an address, and no text that is none; and hides the officer’s own reads', async () => {
    const page = pageOf('privacy-officer')
    await page.goto('/audit')
    await settled(page)
    await page.getByRole('button', { name: 'More filters' }).click()
    const address = page.getByRole('textbox', { name: 'Address' })
    await address.fill('Jane Smith')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByText('An address is like 192.0.2.7').waitFor()
    expect(decodeURIComponent(page.url())).not.toContain('Jane')
    await address.fill('127.0.0.1')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('button', { name: 'Remove the filter: From address 127.0.0.1' }).click()
    const table = page.getByRole('table', { name: 'Audit entries, newest first' })
    const own = rowsWith(table, personOf('privacy-officer').name, 'Audit searched')
    await own.first().waitFor()
    await page.getByLabel('Hide my own reads').check()
    await own.first().waitFor({ state: 'detached' })
    await rowsWith(table, personOf('privacy-officer').name, 'Audit accesses exported').first().waitFor()
  })

  it('no page on the way was stopped by its own content policy or failed by itself', () => {
    for (const [role, { violations, errors }] of demo.windows) {
      expect(violations).toEqual([])
      // What was asked past the console was refused, and the browser says so.
      const refused = errors.filter((error) => error.includes('403 (Forbidden)'))
      expect(refused).toHaveLength(role === 'administrator' ? 2 : 0)
      expect(errors).toEqual(refused)
    }
  })
})
