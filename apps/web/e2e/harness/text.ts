import type { Locator } from 'playwright-core'

/** The text of one element, waited for. */
export const textOf = async (element: Locator): Promise<string> => (await element.textContent())?.trim() ?? ''
