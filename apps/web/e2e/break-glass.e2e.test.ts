import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { callFrom } from './harness/api.ts'
import { takePicture } from './harness/browser.ts'
import { type Demo, openDemo } from './harness/demo.ts'
import { lookAt, settled } from './harness/look.ts'
import { withStepUp } from './harness/sign-in.ts'
import { patientIds } from './harness/superuser.ts'
import { textOf } from './harness/text.ts'

/* An emergency: a clinician breaks the glass by keyboard, a privacy officer ends and reviews it. Cover. */

const ROLES = ['privacy-officer', 'clinician', 'nurse', 'administrator'] as const
type Role = (typeof ROLES)[number]

let demo: Demo<Role>
const pageOf = (role: Role): Page => demo.windowOf(role).page

/** Somebody who is not in the clinician's care. */
let stranger: { readonly id: string; readonly name: string; readonly mrn: string }

const textIn = (value: unknown, ...path: (string | number)[]): string => {
  let at = value
  for (const key of path) at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined
  return typeof at === 'string' ? at : ''
}

beforeAll(async () => {
  demo = await openDemo(ROLES, { patients: 24 })
  const clinician = pageOf('clinician')
  for (const id of await patientIds(demo.installation.folder)) {
    if ((await callFrom(clinician, 'patients.get', { id })).code !== 'NO_CARE_RELATIONSHIP') continue
    const { data } = await callFrom(pageOf('privacy-officer'), 'patients.get', { id })
    const family = textIn(data, 'values', 'name', 0, 'family')
    stranger = { id, name: family, mrn: textIn(data, 'values', 'mrn', 0, 'value') }
    break
  }
  expect(stranger.mrn).not.toBe('')
})

afterAll(async () => {
  await demo?.close()
})

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await demo?.picture('failed-break-glass')
})

const band = (page: Page) => page.getByRole('complementary', { name: 'Break-glass' })

describe('breaking the glass', () => {
  it('is done by keyboard alone: found by MRN, with a reason, and the chart opens under a red band', async () => {
    const page = pageOf('clinician')
    await page.goto('/patients')
    await settled(page)
    await page.getByRole('link', { name: 'Find a patient in an emergency' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'Find a patient in an emergency' }).waitFor()
    await page.getByLabel('Medical record number').focus()
    await page.keyboard.type(stranger.mrn)
    await page.keyboard.press('Enter')
    const breaks = page.getByRole('button', { name: /^Break the glass for / })
    await breaks.waitFor()
    expect(await textOf(page.getByRole('table', { name: 'People found' }))).toContain(stranger.name)
    expect(page.url()).not.toContain(stranger.mrn)
    expect.soft(await lookAt(page, 'emergency')).toEqual([])
    await breaks.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Break the glass' })
    await dialog.getByRole('combobox', { name: 'Why' }).waitFor()
    // The first field has the focus, and opens by an arrow.
    await page.keyboard.press('ArrowDown')
    await page.getByRole('option', { name: 'Emergency: harm is near' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await page.keyboard.type('Brought in unconscious')
    await takePicture(page, 'break-glass-dialog')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await withStepUp(page, demo.personOf('clinician'), band(page))
    await page.getByText('You are in this chart by break-glass').waitFor()
    await settled(page)
    expect(await textOf(page.getByRole('heading', { level: 1 }))).toContain(stranger.name)
    expect.soft(await lookAt(page, 'chart-by-break-glass')).toEqual([])
  })

  it('is said on every page, with the time that is left', async () => {
    const page = pageOf('clinician')
    for (const path of ['/patients', '/', '/account']) {
      await page.goto(path)
      await settled(page)
      expect(await textOf(band(page))).toMatch(/You broke the glass for patient .*left/s)
    }
    await page.getByText('Each use is reviewed by somebody else').waitFor()
    expect.soft(await lookAt(page, 'account-by-break-glass')).toEqual([])
  })
})

describe('a privacy officer', () => {
  it('is told on the landing page, sees what was opened, and ends it: the chart shuts at the next request', async () => {
    const page = pageOf('privacy-officer')
    await page.goto('/')
    await page.getByText('Open now: break-glass').waitFor()
    await page.getByRole('link', { name: 'Review', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: /^Break-glass of/ }).waitFor()
    const opened = page.getByRole('table', { name: 'What was opened, newest first' })
    await opened.getByText('Patient viewed').first().waitFor()
    expect(await textOf(page.getByRole('main'))).toContain('Brought in unconscious')
    expect.soft(await lookAt(page, 'break-glass-use')).toEqual([])
    await page.getByRole('button', { name: 'End it' }).click()
    const dialog = page.getByRole('dialog', { name: 'End this use of break-glass' })
    await dialog.getByLabel('Reason').fill('The patient was taken over')
    await dialog.getByRole('button', { name: 'End it' }).click()
    await page.getByRole('button', { name: 'Review' }).waitFor()
    const clinician = pageOf('clinician')
    await clinician.goto(`/patients/${stranger.id}`)
    await clinician.getByRole('heading', { level: 1, name: 'Not in your care' }).waitFor()
    expect.soft(await lookAt(clinician, 'not-in-your-care')).toEqual([])
  })

  it('reviews it by keyboard, once, and the clinician sees the verdict', async () => {
    const page = pageOf('privacy-officer')
    await page.getByRole('button', { name: 'Review' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Review this use of break-glass' })
    await dialog.getByRole('radio', { name: 'Appropriate', exact: true }).focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('Tab')
    await page.keyboard.type('The emergency log names the patient')
    await takePicture(page, 'break-glass-review')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await withStepUp(
      page,
      demo.personOf('privacy-officer'),
      page.getByRole('heading', { name: 'Review', level: 2 }),
    )
    await page.goto('/break-glass?state=reviewed')
    await page.getByRole('table', { name: 'Uses of break-glass' }).getByText('Appropriate').waitFor()
    expect.soft(await lookAt(page, 'break-glass')).toEqual([])
    const clinician = pageOf('clinician')
    await clinician.goto('/account')
    const own = clinician.getByRole('table', { name: 'Your uses of break-glass' })
    await own.getByText('Appropriate').waitFor()
  })
})

describe('a cover', () => {
  it('is given from the own list by the selection bar, and ended in one act', async () => {
    const page = pageOf('clinician')
    await page.goto('/patients')
    await settled(page)
    const boxes = page.getByRole('table', { name: 'Patients in your care' }).getByRole('checkbox')
    await boxes.nth(1).check()
    await boxes.nth(2).check()
    await page.getByRole('button', { name: 'Hand to colleagues' }).click()
    const dialog = page.getByRole('dialog', { name: 'Hand patients to colleagues' })
    const nurse = demo.personOf('nurse').name
    await dialog.getByRole('combobox', { name: 'Colleagues' }).fill(nurse.slice(0, 4))
    await page.getByRole('option', { name: new RegExp(nurse) }).click()
    await page.keyboard.press('Escape')
    const day = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)
    await dialog.getByLabel('Until').fill(day)
    await dialog.getByLabel('Reason').fill('Away until Friday')
    await takePicture(page, 'cover-dialog')
    await dialog.getByRole('button', { name: 'Hand over' }).click()
    const covers = page.getByRole('table', { name: 'Cover', exact: true })
    await withStepUp(page, demo.personOf('clinician'), covers.getByText('2 patients'))
    await settled(page)
    expect.soft(await lookAt(page, 'patients-with-cover')).toEqual([])
    const other = pageOf('nurse')
    await other.goto('/patients')
    const got = other.getByRole('table', { name: 'Cover', exact: true })
    await got.getByText('2 patients').waitFor()
    expect(await textOf(got)).toContain('Away until Friday')
    await page.getByRole('button', { name: /^End the cover by/ }).click()
    const end = page.getByRole('dialog', { name: 'End a cover' })
    await end.getByLabel('Reason').fill('Back earlier')
    await end.getByRole('button', { name: 'End it' }).click()
    await covers.getByText('Ended').waitFor()
  })
})

describe('the care window', () => {
  it('is counted for an administrator before it is set', async () => {
    const page = pageOf('administrator')
    await page.goto('/')
    await page.getByLabel('By another window').fill('1')
    await page.getByRole('button', { name: 'Count', exact: true }).click()
    await page.getByText(/By 1 day/).waitFor()
    await settled(page)
    expect.soft(await lookAt(page, 'home-care-window')).toEqual([])
  })
})
