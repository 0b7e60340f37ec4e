import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { callFrom } from './harness/api.ts'
import { type Demo, openDemo } from './harness/demo.ts'
import { lookAt, settled } from './harness/look.ts'
import { withStepUp } from './harness/sign-in.ts'

/* A custom role: composed, compared, put in force by two people, and edited by two at once. */

const ROLES = ['administrator', 'security-officer'] as const
type Role = (typeof ROLES)[number]

let demo: Demo<Role>

beforeAll(async () => {
  demo = await openDemo(ROLES, { patients: 4 })
})
afterAll(async () => {
  await demo?.close()
})
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  await demo?.picture('failed-roles')
})

const pageOf = (role: Role): Page => demo.windowOf(role).page

describe('a custom role', () => {
  it('is a copy that is changed, with each unsaved setting marked, and who leaves is asked', async () => {
    const page = pageOf('administrator')
    await page.goto('/roles')
    await page.getByRole('table', { name: 'Roles' }).getByRole('link', { name: 'Analyst' }).click()
    await page.getByRole('heading', { level: 1, name: 'Analyst' }).waitFor()
    await page.getByRole('link', { name: 'Make a copy' }).click()
    await page.getByRole('heading', { level: 1, name: 'New role' }).waitFor()
    const withdraw = page.getByLabel('List: List the sessions of users')
    await withdraw.selectOption('yes')
    await page.getByText('unsaved', { exact: true }).waitFor()
    await page.getByRole('link', { name: 'All roles' }).click()
    const question = page.getByRole('dialog', { name: 'Leave without saving?' })
    await question.getByRole('button', { name: 'Stay' }).click()
    expect(await withdraw.inputValue()).toBe('yes')
    await page.getByRole('button', { name: 'Save the draft' }).click()
    await page.locator('[aria-invalid="true"]').first().waitFor()
    await page.getByRole('textbox', { name: 'Name' }).fill('session-analyst')
    await page.getByRole('textbox', { name: 'Title' }).fill('Session analyst')
    await page.getByRole('textbox', { name: 'Reason' }).fill('Looks after sessions too')
    await settled(page)
    expect(await lookAt(page, 'role-editor-changed')).toEqual([])
    await page.getByRole('button', { name: 'Save the draft' }).click()
    await page.getByRole('heading', { level: 1, name: 'Session analyst' }).waitFor()
    await page.getByRole('table', { name: 'Versions, newest first' }).getByText('Draft').waitFor()
  })

  it('is compared, and asked for with a reason, and approved with its difference by another', async () => {
    const page = pageOf('administrator')
    await page.goto('/roles/session-analyst')
    await page.getByRole('button', { name: 'Compare version 1' }).click()
    const dialog = page.getByRole('dialog', { name: /^What version 1 of Session analyst would do/ })
    await dialog.getByRole('rowheader', { name: 'List the sessions of users' }).first().waitFor()
    await dialog.getByRole('button', { name: 'Decide the last 30 days again' }).click()
    await dialog.getByText(/audit entries since/).waitFor()
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Put in force for the desk')
    await settled(page)
    expect(await lookAt(page, 'role-in-force')).toEqual([])
    await dialog.getByRole('button', { name: 'Request approval' }).click()
    await withStepUp(page, demo.personOf('administrator'), dialog.getByText(/^Nothing has changed yet/))
    await dialog.getByRole('button', { name: 'Done' }).click()

    const officer = pageOf('security-officer')
    await officer.goto('/approvals')
    await officer
      .getByRole('button', { name: /^Approve/ })
      .first()
      .click()
    const approving = officer.getByRole('dialog', { name: 'Approve' })
    await approving.getByRole('rowheader', { name: 'List the sessions of users' }).first().waitFor()
    expect(await lookAt(officer, 'role-approval')).toEqual([])
    await approving.getByRole('button', { name: 'Approve', exact: true }).click()
    await withStepUp(
      officer,
      demo.personOf('security-officer'),
      officer.getByText('Approved. It is in force now.'),
    )
    await page.goto('/roles/session-analyst')
    await page.getByRole('table', { name: 'Versions, newest first' }).getByText('In force').waitFor()
    await settled(page)
    expect(await lookAt(page, 'role')).toEqual([])
  })

  it('of two editors shows the second both, and keeps what they have composed', async () => {
    const page = pageOf('administrator')
    await page.goto('/role-editor?role=session-analyst')
    await page.getByLabel('List: List the sessions of users').selectOption('no')
    const theirs = {
      name: 'session-analyst',
      basedOn: 1,
      title: 'Session analyst',
      description: 'Only lists',
      permissions: [{ permission: 'export:request:list', rows: null }],
      clear: [],
      partly: [],
      masked: [],
      hidden: [],
      labels: [],
      breakGlass: false,
      reason: 'Saved meanwhile',
    }
    expect(await callFrom(page, 'roles.saveDraft', theirs)).toMatchObject({ code: null })
    await page.getByRole('textbox', { name: 'Reason' }).fill('On top of the first')
    await page.getByRole('button', { name: 'Save the draft' }).click()
    await page.getByText(/^Version 2 was saved by/).waitFor()
    await page.getByText('Saved meanwhile').waitFor()
    expect(await lookAt(page, 'role-editor-both')).toEqual([])
    await page.getByRole('button', { name: 'Go on with mine, on top of theirs' }).click()
    expect(await page.getByLabel('List: List the sessions of users').inputValue()).toBe('no')
    await page.getByRole('button', { name: 'Save the draft' }).click()
    await page.getByRole('button', { name: 'Compare version 3' }).waitFor()
  })
})
