import type { Locator, Page } from 'playwright-core'
import { type Person, withStepUp } from './sign-in.ts'
import { textOf } from './text.ts'

/** Chooses in one of Mantine's selects, whose list hangs outside of the dialog. */
export const choose = async (page: Page, label: string, option: string | RegExp): Promise<void> => {
  await page.getByRole('dialog').getByRole('combobox', { name: label }).click()
  await page.getByRole('option', { name: option }).click()
}

/** Invites someone from the list of users; gives their one-time link and ends on their page. */
export const invite = async (page: Page, by: Person, person: Person): Promise<string> => {
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Users' }).click()
  await page.getByRole('button', { name: 'Invite a user' }).click()
  const dialog = page.getByRole('dialog', { name: 'Invite a user' })
  await dialog.getByLabel('Name', { exact: true }).fill(person.name)
  await dialog.getByLabel('Work e-mail').fill(person.email)
  await dialog.getByRole('button', { name: 'Invite', exact: true }).click()
  await withStepUp(page, by, dialog.getByText('This link is shown only now'))
  const link = await textOf(dialog.getByRole('code'))
  await dialog.getByRole('link', { name: 'Open the account' }).click()
  await page.getByRole('heading', { level: 1, name: person.name }).waitFor()
  return link
}

/** On the person's page: gives a role at once, or asks for the approval that a privileged one needs. */
export const assignRole = async (
  page: Page,
  by: Person,
  {
    title,
    privileged,
    reason,
    until,
  }: { title: string; privileged: boolean; reason: string; until: string | null },
): Promise<void> => {
  await page.getByRole('button', { name: 'Assign a role' }).click()
  await choose(page, 'Role', new RegExp(`^${title}`))
  const dialog = page.getByRole('dialog', { name: /^Assign a role to/ })
  await dialog.getByLabel('Reason').fill(reason)
  if (until !== null) await dialog.getByLabel('Until (optional)').fill(until)
  if (privileged) {
    await dialog.getByRole('button', { name: 'Request approval' }).click()
    const waiting = page.getByRole('dialog', { name: 'Waits for approval' })
    await withStepUp(page, by, waiting)
    await waiting.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('tabpanel', { name: 'Roles' }).getByText('Waits for approval').waitFor()
    return
  }
  await dialog.getByRole('button', { name: 'Assign the role' }).click()
  const table = page.getByRole('table', { name: /^Role assignments of/ })
  await withStepUp(page, by, table.getByRole('row').filter({ hasText: title }).filter({ hasText: reason }))
  await dialog.waitFor({ state: 'detached' })
}

/** On the person's page: asks that the account be linked to a practitioner of the directory. */
export const requestLink = async (page: Page, by: Person, npi: string): Promise<void> => {
  await page.getByRole('button', { name: 'Link to a practitioner' }).click()
  const dialog = page.getByRole('dialog', { name: 'Link to a practitioner' })
  await dialog.getByLabel('NPI').fill(npi)
  await dialog.getByLabel('Reason').fill('Same person, checked against the staff register')
  await dialog.getByRole('button', { name: 'Request the link' }).click()
  await withStepUp(page, by, page.getByText(/^Somebody else has to approve the link to/))
  await dialog.waitFor({ state: 'detached' })
}

const requestFor = (page: Page, whom: Person): Locator => page.getByRole('row').filter({ hasText: whom.name })

/** On the approvals: opens the dialog in which what is asked for somebody is approved or rejected. */
export const openDecision = async (
  page: Page,
  verdict: 'Approve' | 'Reject',
  whom: Person,
): Promise<Locator> => {
  await requestFor(page, whom)
    .getByRole('button', { name: new RegExp(`^${verdict}`) })
    .click()
  const dialog = page.getByRole('dialog', { name: verdict })
  await dialog.waitFor()
  return dialog
}

/** On the approvals: approves what is asked for somebody, and waits until it is no longer pending. */
export const approve = async (page: Page, by: Person, whom: Person): Promise<void> => {
  const dialog = await openDecision(page, 'Approve', whom)
  await dialog.getByRole('button', { name: 'Approve', exact: true }).click()
  await withStepUp(page, by, page.getByText('Approved. It is in force now.').last())
  await requestFor(page, whom).waitFor({ state: 'detached' })
}
