import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Demo, openDemo } from './harness/demo.ts'
import { lookAt, settled } from './harness/look.ts'
import { withStepUp } from './harness/sign-in.ts'
import { textOf } from './harness/text.ts'

/* The administrator's job: take in a file of people, change several at once, move somebody. */

const ROLES = ['administrator', 'privacy-officer'] as const
type Role = (typeof ROLES)[number]

let demo: Demo<Role>
const pageOf = (role: Role): Page => demo.windowOf(role).page

beforeAll(async () => {
  demo = await openDemo(ROLES, { patients: 4 })
})
afterAll(async () => {
  await demo?.close()
})
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await demo?.picture('failed-people')
})

const FILE = {
  name: 'rota.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    [
      'name,email,employee_number,department,manager,roles,status',
      'Wilhelmina Ashgrove,ashgrove@demo.example,E-100,Cardiology,,nurse until 2999-06-30,',
      'Tobias Fenwick,fenwick@demo.example,E-101,Cardiology,E-100,nurse,',
      'Tobias Twice,Fenwick@DEMO.example,E-102,Cardiology,,,',
      'Early Leaver,leaver@demo.example,E-103,Cardiology,,nurse from 2999-01-02 until 2998-01-01,',
      '',
    ].join('\r\n'),
  ),
}

describe('people in one act', () => {
  it('a file is shown line by line before anything is done, and said what is wrong with it', async () => {
    const page = pageOf('administrator')
    await page.goto('/users')
    await settled(page)
    await page.getByRole('link', { name: 'Imports and changes' }).click()
    await page.getByRole('button', { name: 'Import people' }).click()
    const dialog = page.getByRole('dialog', { name: 'Import people' })
    await dialog.getByRole('button', { name: 'Show what it would do' }).click()
    await dialog.getByText('Choose a file.').waitFor()
    expect(await lookAt(page, 'people-file')).toEqual([])
    await dialog.getByLabel('File', { exact: true }).setInputFiles(FILE)
    await dialog.getByRole('button', { name: 'Show what it would do' }).click()
    await withStepUp(page, demo.personOf('administrator'), page.getByText('This is a dry run').first())
    await settled(page)
    const told = await textOf(page.locator('main'))
    expect(told).toContain('Another line names the same address')
    expect(told).toContain('Roles: The assignment would end before it starts')
    expect(told).toContain('Gains the role Nurse')
    expect(await lookAt(page, 'people-dry-run')).toEqual([])
  })

  it('two people agree on exactly that, and the report says what came of each line', async () => {
    const page = pageOf('administrator')
    await page.goto('/people?new=true')
    const dialog = page.getByRole('dialog', { name: 'Import people' })
    const mended = FILE.buffer.toString().split('\r\n').slice(0, 3).join('\r\n')
    await dialog.getByLabel('File', { exact: true }).setInputFiles({ ...FILE, buffer: Buffer.from(mended) })
    await dialog.getByRole('button', { name: 'Show what it would do' }).click()
    await page.getByText('This is a dry run').waitFor()
    await page.getByRole('button', { name: 'Ask for approval' }).click()
    const asking = page.getByRole('dialog', { name: 'Ask for approval' })
    await asking.getByLabel('Reason').fill('The new rota of cardiology')
    await asking.getByRole('button', { name: 'Ask for approval' }).click()
    await withStepUp(page, demo.personOf('administrator'), page.getByText('Waits for approval').first())
    const deciding = pageOf('privacy-officer')
    await deciding.goto('/approvals')
    await settled(deciding)
    await deciding.getByRole('button', { name: /^Approve: Import of people/ }).click()
    const decision = deciding.getByRole('dialog', { name: 'Approve' })
    await decision.getByText('What becomes of whom').first().waitFor()
    expect(await textOf(decision)).toContain('Tobias Fenwick')
    expect(await lookAt(deciding, 'approvals-people')).toEqual([])
    await decision.getByRole('button', { name: 'Approve', exact: true }).click()
    const approved = deciding.getByText('Approved. It is in force now.').last()
    await withStepUp(deciding, demo.personOf('privacy-officer'), approved)
    await page.reload()
    await page.getByText('Carried out', { exact: true }).waitFor()
    await settled(page)
    expect(await textOf(page.locator('main'))).toMatch(/Done.*2 people/s)
    expect(await lookAt(page, 'people-report')).toEqual([])
    await page.goto('/people')
    await settled(page)
    expect(await lookAt(page, 'people')).toEqual([])
  })

  it('several who are selected get a role at once, after a look at who gains what', async () => {
    const page = pageOf('administrator')
    await page.goto('/users?department=Cardiology')
    await settled(page)
    await page.getByRole('checkbox', { name: 'Select Tobias Fenwick' }).check()
    await page.getByText('For the 1 selected user:').waitFor()
    await page.getByRole('button', { name: 'Act on all 2 users that match' }).click()
    await page.getByText('For all 2 users that match:').waitFor()
    expect(await lookAt(page, 'users-selected')).toEqual([])
    await page.getByRole('button', { name: 'Give a role' }).click()
    const dialog = page.getByRole('dialog', { name: 'Give a role: 2 users' })
    await dialog.getByRole('combobox', { name: 'Role' }).click()
    await page.getByRole('option', { name: 'Analyst' }).click()
    await dialog.getByRole('button', { name: 'Show what it would do' }).click()
    await dialog.getByText('Gains the role Analyst').first().waitFor()
    expect(await lookAt(page, 'users-impact')).toEqual([])
    await dialog.getByLabel('Reason').fill('Figures of the ward')
    await dialog.getByRole('button', { name: 'Change 2 people' }).click()
    await withStepUp(page, demo.personOf('administrator'), dialog.getByText('It is being carried out'))
    // It is told when it is done, over whatever stands there by then.
    await page.getByText('Changing people: done').waitFor()
  })

  it('somebody is moved by one form: department, manager and roles', async () => {
    const page = pageOf('administrator')
    await page.goto('/users?department=Cardiology')
    await settled(page)
    await page.getByRole('link', { name: 'Tobias Fenwick' }).click()
    await settled(page)
    await page.getByRole('button', { name: 'Transfer' }).click()
    const dialog = page.getByRole('dialog', { name: 'Transfer Tobias Fenwick' })
    await dialog.getByLabel('Department').fill('Oncology')
    expect(await lookAt(page, 'users-transfer')).toEqual([])
    await dialog.getByRole('button', { name: 'Show what it would do' }).click()
    await dialog.getByText('Department: Oncology, instead of Cardiology').waitFor()
    await dialog.getByLabel('Reason').fill('Moves to oncology')
    await dialog.getByRole('button', { name: 'Change 1 person' }).click()
    await withStepUp(page, demo.personOf('administrator'), dialog.getByText('It is being carried out'))
  })
})
