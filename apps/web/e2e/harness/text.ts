import type { Locator } from 'playwright-core'

/** The text of one element, waited for. */
export const textOf = async (element: Locator): Promise<string> => (await element.textContent())?.trim() ?? ''

/** The value beside a label, in a list of labelled values. */
export const factIn = (within: Locator, label: string): Locator =>
  within
    .getByRole('term')
    .filter({ hasText: new RegExp(`^${label}$`) })
    .locator('xpath=following-sibling::dd')
