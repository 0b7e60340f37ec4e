import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { callFrom } from './harness/api.ts'
import { type Demo, openDemo } from './harness/demo.ts'
import { lookAt } from './harness/look.ts'
import { withStepUp } from './harness/sign-in.ts'

/* Keys: seen by those who oversee, rotated by those who keep them. */

const ROLES = ['administrator', 'privacy-officer', 'clinician'] as const
type Role = (typeof ROLES)[number]

let demo: Demo<Role>

beforeAll(async () => {
  demo = await openDemo(ROLES, { patients: 6 })
})
afterAll(async () => {
  await demo?.close()
})
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  await demo?.picture('failed-keys')
})

const pageOf = (role: Role): Page => demo.windowOf(role).page

describe('the keys', () => {
  it('are seen by a privacy officer, who rotates none', async () => {
    const page = pageOf('privacy-officer')
    await page.goto('/keys')
    await page.getByRole('table', { name: 'Keys by what they are for' }).getByText('Search index').waitFor()
    expect(await page.getByRole('button', { name: /^Rotate:/ }).count()).toBe(0)
    expect(await lookAt(page, 'keys-read')).toEqual([])
  })

  it('are rotated by an administrator, who is told first what that means and costs', async () => {
    const page = pageOf('administrator')
    await page.goto('/keys')
    await page.getByRole('button', { name: 'Rotate: Directory' }).click()
    const dialog = page.getByRole('dialog', { name: 'Rotate: Directory' })
    await dialog.getByText('is made anew in the background').waitFor()
    await dialog.getByText(/entries are made anew\. How long that takes is not known yet\./).waitFor()
    expect(await lookAt(page, 'keys-rotate')).toEqual([])
    await dialog.getByRole('textbox').fill('A quarter is over')
    await dialog.getByRole('button', { name: 'Rotate now' }).click()
    const bar = page.getByRole('progressbar', { name: 'Directory' })
    await withStepUp(page, demo.personOf('administrator'), bar)
    await page.getByText('Every server process learns of the new key').waitFor()
    await page.getByRole('button', { name: 'Pause' }).click()
    await page.getByText('Paused: both keys open what they made').waitFor()
    expect(await lookAt(page, 'keys-paused')).toEqual([])
    await page.goto('/')
    await page.getByText('The rotation of a key stands still: Directory').waitFor()
    await page.getByRole('link', { name: 'Open the keys' }).click()
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByRole('button', { name: 'Pause' }).waitFor()
  })
})

describe('the key of a patient', () => {
  it('is rotated by a privacy officer, who is told which copies the earlier one still opens', async () => {
    const page = pageOf('privacy-officer')
    const { data } = await callFrom(pageOf('clinician'), 'patients.mine', {})
    const [patient] = (data as { items: readonly { id: string }[] }).items
    await page.goto(`/patients/${patient?.id}?tab=destruction`)
    await page.getByRole('button', { name: 'Rotate the key' }).click()
    const dialog = page.getByRole('dialog', { name: 'Rotate this patient’s key' })
    await dialog.getByText('Copies in backups of before keep the earlier key').waitFor()
    expect(await lookAt(page, 'key-of-patient')).toEqual([])
    await dialog.getByRole('textbox').fill('A laptop was lost')
    await dialog.getByRole('button', { name: 'Rotate now' }).click()
    const begun = page.getByText('No backup is kept from before.')
    await withStepUp(page, demo.personOf('privacy-officer'), begun)
    expect(await lookAt(page, 'key-of-patient-begun')).toEqual([])
  })
})
