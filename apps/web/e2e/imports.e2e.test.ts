import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { callFrom } from './harness/api.ts'
import { type Demo, openDemo } from './harness/demo.ts'
import { lookAt, settled } from './harness/look.ts'
import { withStepUp } from './harness/sign-in.ts'
import { textOf } from './harness/text.ts'
import { until } from './harness/until.ts'

/* The administrator's job: upload a file, see what came of it, take it back. */

const ROLES = ['administrator', 'privacy-officer', 'clinician'] as const
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
  if (task.result?.state === 'fail') await demo?.picture('failed-imports')
})

const FILE = {
  name: 'northcott-ines.ndjson',
  mimeType: 'application/octet-stream',
  buffer: Buffer.from(
    [
      { resourceType: 'Patient', id: 'n1', name: [{ family: 'Northcott', given: ['Ines'] }] },
      { resourceType: 'Condition', id: 'n2', subject: { reference: 'Patient/n1' }, code: { text: 'Asthma' } },
      { resourceType: 'Condition', id: 'n3', subject: { reference: 'Patient/n9' }, code: { text: 'Gout' } },
    ]
      .map((resource) => `${JSON.stringify(resource)}\n`)
      .join(''),
  ),
}

const found = async (): Promise<number> => {
  const { data } = await callFrom(pageOf('privacy-officer'), 'patients.search', {
    by: 'name',
    text: 'Northcott',
  })
  return (data as { items: unknown[] }).items.length
}

/** A file that names the clinician of the demo as who treats somebody, under their NPI. */
const fileOfCare = async () => {
  const page = pageOf('administrator')
  const me = (await callFrom(pageOf('clinician'), 'auth.session', {})).data as { user: { id: string } }
  const { data } = await callFrom(page, 'users.get', { id: me.user.id })
  const { practitioner } = data as { practitioner: { name: string; npi: string } }
  const identifier = [{ system: 'http://hl7.org/fhir/sid/us-npi', value: practitioner.npi }]
  const family = practitioner.name.split(' ').at(-1)
  const lines = [
    { resourceType: 'Practitioner', id: 'd1', name: [{ family }], identifier },
    { resourceType: 'Patient', id: 's1', name: [{ family: 'Southwell', given: ['Ines'] }] },
    {
      resourceType: 'Encounter',
      id: 's2',
      status: 'in-progress',
      class: { code: 'AMB' },
      subject: { reference: 'Patient/s1' },
      participant: [{ individual: { reference: 'Practitioner/d1' } }],
      period: { start: '2026-01-05' },
    },
  ]
  const buffer = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  return { name: 'south.ndjson', mimeType: 'application/octet-stream', buffer }
}

const drawer = (page: Page) => page.getByRole('dialog', { name: 'Upload', exact: true })

describe('imports by upload', () => {
  it('an administrator uploads a file and sees what came of it, also after a reload', async () => {
    const page = pageOf('administrator')
    await page.goto('/imports')
    await settled(page)
    await page.getByRole('button', { name: 'Upload records' }).click()
    const dialog = page.getByRole('dialog', { name: 'Upload records' })
    await dialog.getByLabel('System that the file is from').fill('North Clinic')
    await dialog.getByRole('button', { name: 'Upload', exact: true }).click()
    await dialog.getByText('Lower-case letters, digits and dashes').first().waitFor()
    await dialog.getByLabel('System that the file is from').fill('north')
    await dialog.getByRole('button', { name: 'Upload', exact: true }).click()
    await dialog.getByText('Choose a file.').waitFor()
    await dialog.getByLabel('File', { exact: true }).setInputFiles(FILE)
    await dialog.getByRole('button', { name: 'Upload', exact: true }).click()
    await drawer(page).getByText('What came of it').waitFor()
    const told = await textOf(drawer(page))
    expect(told).toMatch(/north.*Imported/s)
    expect(told).toContain('missing-patient')
    expect(told).not.toMatch(/northcott|n9/i)
    expect(page.url()).not.toMatch(/northcott/i)
    await page.reload()
    await drawer(page).getByText('What came of it').waitFor()
    expect(await found()).toBe(1)
  })

  it('the page is drawn well, with its drawer and its dialogs', async () => {
    const page = pageOf('administrator')
    expect(await lookAt(page, 'imports-drawer')).toEqual([])
    await page.goto('/imports')
    await settled(page)
    expect(await lookAt(page, 'imports')).toEqual([])
    await page.goto('/imports?new=true')
    await page.getByLabel('System that the file is from').waitFor()
    expect(await lookAt(page, 'imports-new')).toEqual([])
  })

  it('nobody else has the page, or may ask what it asks', async () => {
    for (const role of ['privacy-officer', 'clinician'] as const) {
      const page = pageOf(role)
      expect(await page.getByRole('link', { name: 'Imports' }).count()).toBe(0)
      expect((await callFrom(page, 'uploads.list', {})).code).toBe('FORBIDDEN')
    }
  })

  it('two people agree on whose care it brings: asked for by one, seen and approved by the other', async () => {
    const page = pageOf('administrator')
    const file = await fileOfCare()
    await page.goto('/imports?new=true')
    const dialog = page.getByRole('dialog', { name: 'Upload records' })
    await dialog.getByLabel('System that the file is from').fill('south')
    await dialog.getByLabel('File', { exact: true }).setInputFiles(file)
    await dialog.getByRole('button', { name: 'Upload', exact: true }).click()
    await drawer(page).getByText('What came of it').waitFor()
    await drawer(page).getByRole('button', { name: 'Ask that it is trusted' }).click()
    const asking = page.getByRole('dialog', { name: 'Ask that the upload is trusted' })
    await asking.getByLabel('Reason').fill('Checked with the clinic by telephone')
    await asking.getByRole('button', { name: 'Ask for it' }).click()
    const waits = drawer(page).getByText('Waits for approval')
    await withStepUp(page, demo.personOf('administrator'), waits)
    expect(await lookAt(page, 'imports-waits')).toEqual([])
    const deciding = pageOf('privacy-officer')
    await deciding.goto('/approvals')
    await settled(deciding)
    await deciding.getByRole('button', { name: 'Approve: Trust an upload from south' }).click()
    const decision = deciding.getByRole('dialog', { name: 'Approve' })
    await decision.getByText('Whose care counts from then on').waitFor()
    expect(await lookAt(deciding, 'approvals-upload')).toEqual([])
    await decision.getByRole('button', { name: 'Approve', exact: true }).click()
    const approved = deciding.getByText('Approved. It is in force now.').last()
    await withStepUp(deciding, demo.personOf('privacy-officer'), approved)
    await page.reload()
    await drawer(page).getByText('Trusted since').waitFor()
  })

  it('the administrator withdraws it, told of what follows, and nobody is found by it any more', async () => {
    const page = pageOf('administrator')
    await page.goto('/imports')
    await settled(page)
    await page.getByRole('table', { name: 'Uploads' }).getByRole('link', { name: 'north' }).click()
    await drawer(page).getByRole('button', { name: 'Withdraw the upload' }).click()
    const dialog = page.getByRole('dialog', { name: 'Withdraw the upload' })
    await dialog.getByText('Nothing is deleted').waitFor()
    await dialog.getByLabel('Reason').fill('The file was of another clinic')
    await dialog.getByRole('button', { name: 'Withdraw it' }).click()
    const withdrawn = drawer(page).getByText('2 records marked as withdrawn')
    await withStepUp(page, demo.personOf('administrator'), withdrawn)
    await until(async () => (await found()) === 0, 'nobody is found')
  })
})
