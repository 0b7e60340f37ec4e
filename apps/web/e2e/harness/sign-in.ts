import { readFile } from 'node:fs/promises'
import type { Locator, Page } from 'playwright-core'
import { Authenticator } from './authenticator.ts'
import { textOf } from './text.ts'

/** Someone with an account, and what they alone have: their password and their authenticator. */
export interface Person {
  readonly name: string
  readonly email: string
  /** The door that they sign in at; that for staff, unless told. */
  readonly door?: 'patient'
  password: string
  authenticator: Authenticator | null
}

export const authenticatorOf = ({ name, authenticator }: Person): Authenticator => {
  if (authenticator === null) throw new Error(`${name} has not enrolled.`)
  return authenticator
}

export const CODE = 'Code from your authenticator app'

/** Opens an invitation and sets the password; ends at the enrolment. */
export const choosePassword = async (page: Page, link: string, person: Person): Promise<void> => {
  await page.goto(link)
  await page.getByRole('heading', { name: `Welcome, ${person.name}` }).waitFor()
  await page.getByLabel('New password').fill(person.password)
  await page.getByLabel('The same again').fill(person.password)
  await page.getByRole('button', { name: 'Set the password' }).click()
  await page.getByRole('heading', { name: 'Set up your second factor' }).waitFor()
}

/**
 * Types the secret that the page shows into the person's authenticator, and gives its first code;
 * ends signed in.
 */
export const enrol = async (page: Page, person: Person): Promise<readonly string[]> => {
  person.authenticator = new Authenticator(await textOf(page.getByRole('code')))
  await page.getByLabel(CODE).fill(await person.authenticator.next())
  await page.getByRole('button', { name: 'Finish' }).click()
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await codes.first().waitFor()
  const recoveryCodes = await codes.allInnerTexts()
  await page.getByLabel('I have put them in a safe place').check()
  await page.getByRole('button', { name: 'Go to Chartward' }).click()
  await home(page).waitFor()
  return recoveryCodes
}

export const home = (page: Page): Locator => page.getByRole('heading', { name: /^Good to see you/ })

export const givePassword = async (page: Page, { door, email, password }: Person): Promise<void> => {
  await page.goto(door === 'patient' ? '/sign-in#own' : '/sign-in')
  await page.getByLabel(door === 'patient' ? 'E-mail' : 'Work e-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByRole('heading', { name: 'Enter your code' }).waitFor()
}

export const giveCode = async (page: Page, code: string): Promise<void> => {
  await page.getByLabel(CODE).fill(code)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

export const signIn = async (page: Page, person: Person): Promise<void> => {
  await givePassword(page, person)
  await giveCode(page, await authenticatorOf(person).next())
  await home(page).waitFor()
}

export const signOut = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /account menu$/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByText('You are signed out.').waitFor()
}

/** On My account; ends when it is said that it is done. `look` is at the dialog that says what is wrong. */
export const changePassword = async (
  page: Page,
  person: Person,
  password: string,
  look: () => Promise<void>,
): Promise<void> => {
  await page.goto('/account')
  await page.getByRole('button', { name: 'Change password' }).click()
  const dialog = page.getByRole('dialog', { name: 'Change your password' })
  const confirm = dialog.getByRole('button', { name: 'Change password' })
  const done = dialog.getByText(/^Your password is changed/)
  await dialog.getByLabel('The password you have').fill('not-the-Password-9')
  await dialog.getByLabel('New password').fill(password)
  await dialog.getByLabel('The same again').fill(person.password)
  await confirm.click()
  await dialog.getByText('The two are not the same').waitFor()
  await look()
  await dialog.getByLabel('The same again').fill(password)
  await confirm.click()
  await withStepUp(page, person, dialog.getByText('This is not your password.'))
  await dialog.getByLabel('The password you have').fill(person.password)
  await confirm.click()
  await withStepUp(page, person, done)
  await dialog.getByRole('button', { name: 'Done' }).click()
  person.password = password
}

const stepUpOn = (page: Page): Locator => page.getByRole('dialog', { name: 'Confirm that it’s you' })

const giveFreshCode = async (page: Page, person: Person): Promise<void> => {
  const asked = stepUpOn(page)
  await asked.getByLabel(CODE).fill(await authenticatorOf(person).next())
  await asked.getByRole('button', { name: 'Confirm' }).click()
}

/**
 * Waits until `done` is there. Where the page asks for a fresh code first, gives it; says whether it asked.
 */
export const withStepUp = async (page: Page, person: Person, done: Locator): Promise<boolean> => {
  const asked = stepUpOn(page)
  await done.or(asked).first().waitFor()
  if (!(await asked.isVisible())) return false
  await giveFreshCode(page, person)
  await done.waitFor()
  return true
}

/**
 * Presses a button that starts a download, gives a fresh code where the page asks for one, and
 * gives the file.
 */
export const download = async (
  page: Page,
  person: Person,
  button: Locator,
): Promise<{ readonly content: Buffer; readonly asked: boolean }> => {
  const begun = page.waitForEvent('download')
  await button.click()
  const dialog = stepUpOn(page).waitFor()
  const first = await Promise.race([
    begun.then(() => 'file' as const),
    dialog.then(() => 'question' as const),
  ])
  // Whichever did not come is given up when the page's patience ends.
  dialog.catch(() => undefined)
  if (first === 'question') await giveFreshCode(page, person)
  return { content: await readFile(await (await begun).path()), asked: first === 'question' }
}
