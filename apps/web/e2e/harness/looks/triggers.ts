import type { Locator, Page } from 'playwright-core'
import { comesTrue } from '../until.ts'

/** What opens something on the page itself, by what it says of itself. */
const TRIGGERS = [
  '[aria-haspopup]:not([aria-haspopup="false"])',
  '[role="combobox"]',
  'select',
  'input[type="date"]',
  'input[type="datetime-local"]',
  'input[type="time"]',
  'input[type="month"]',
  'summary',
].join(', ')

/** What stands on several pages is opened once on each page's route, and the shell's once in all. */
const opened = new Set<string>()

const NATIVE = 'select, input:is([type="date"], [type="datetime-local"], [type="time"], [type="month"])'

const routeOf = (page: Page): string =>
  new URL(page.url()).pathname.replaceAll(/[0-9a-f]{8}-[0-9a-f-]+/g, ':id')

/** Opens the browser's own calendar or list, which no script sees: that it opens is all there is to tell. */
const showNative = async (page: Page, field: Locator): Promise<string | null> => {
  // A picker wants to be asked for by a person.
  await field.focus()
  await page.keyboard.press('Shift')
  const refused = await field.evaluate((element: HTMLInputElement | HTMLSelectElement) => {
    try {
      element.showPicker()
      return null
    } catch (error) {
      return String(error)
    }
  })
  await page.keyboard.press('Escape')
  return refused
}

const OPENS_WITHIN_MS = 3_000

/** Whether a trigger has opened something, which is marked then. */
const opens = async (trigger: Locator): Promise<boolean> => {
  await trigger.click()
  return comesTrue(
    () =>
      trigger.evaluate((element: HTMLElement) => {
        if (element.localName === 'summary') {
          element.parentElement?.setAttribute('data-e2e-opened', '')
          return element.parentElement?.hasAttribute('open') === true
        }
        const body = document.getElementById(element.getAttribute('aria-controls') ?? '')
        const isOpen = element.getAttribute('aria-expanded') === 'true' && body?.checkVisibility() === true
        if (isOpen) body.setAttribute('data-e2e-opened', '')
        return isOpen
      }),
    OPENS_WITHIN_MS,
  )
}

const closes = async (page: Page, trigger: Locator): Promise<boolean> => {
  // What is gone with what it stands on is open no more: that is told apart.
  const isExpanded = async () =>
    (await trigger.count()) > 0 && (await trigger.getAttribute('aria-expanded')) === 'true'
  await trigger.evaluate((element: HTMLElement) => {
    document.querySelector('[data-e2e-opened]')?.removeAttribute('data-e2e-opened')
    if (element.localName === 'summary') element.click()
    // To be looked at has taken the focus from the field that a list belongs to.
    if (element instanceof HTMLInputElement) element.focus()
  })
  if (await isExpanded()) await page.keyboard.press('Escape')
  return comesTrue(async () => !(await isExpanded()), OPENS_WITHIN_MS)
}

interface Trigger {
  /** What it is, in words that are the same for the same one of another row or page. */
  readonly what: string
  readonly isShell: boolean
  readonly isNative: boolean
}

/** All triggers of a layer at once, by their place: a long page has hundreds. Null: it opens nothing now. */
const triggersOf = (layer: Locator): Promise<(Trigger | null)[]> =>
  layer.locator(TRIGGERS).evaluateAll(
    (elements, native) =>
      elements.map((element) => {
        const isField = element instanceof HTMLInputElement || element instanceof HTMLSelectElement
        if (!element.checkVisibility({ visibilityProperty: true }) || element.matches(':disabled'))
          return null
        // Open as it comes, like a palette's list: the look at the page has seen it.
        if (element.matches('[aria-expanded="true"], details[open] > summary')) return null
        const label = isField ? element.labels?.[0]?.textContent : element.textContent
        const name = (element.getAttribute('aria-label') ?? label ?? '').replaceAll(/\d+/g, '#').trim()
        // Rows differ in what they say, and open the same.
        const place = element.closest('td')?.getAttribute('data-label') ?? name.slice(0, 60)
        return {
          what: `${element.getAttribute('role') ?? element.localName} “${place}”`,
          isShell: element.closest('header') !== null,
          isNative: element.matches(native),
        }
      }),
    NATIVE,
  )

/**
 * Opens everything on the layer in front that says it opens something, lets `look` see each, and closes it
 * again by Escape, which may close nothing else. Gives what could not be opened, and what `look` found.
 */
export const openEach = async (page: Page, look: () => Promise<string[]>): Promise<string[]> => {
  const layer = page.locator('[data-e2e-layer]')
  const found: string[] = []
  for (const [at, one] of (await triggersOf(layer)).entries()) {
    const key = `${one?.isShell === true ? 'shell' : routeOf(page)} ${one?.what}`
    if (one === null || opened.has(key)) continue
    opened.add(key)
    const { what, isNative } = one
    const trigger = layer.locator(TRIGGERS).nth(at)
    if (isNative) {
      const refused = await showNative(page, trigger)
      if (refused !== null) found.push(`${what}: ${refused}`)
    } else if (await opens(trigger)) {
      found.push(...(await look()).map((finding) => `${what}, opened: ${finding}`))
      if (!(await closes(page, trigger))) found.push(`${what} is not closed by Escape`)
    } else found.push(`${what} opens nothing`)
    if ((await layer.count()) === 0) return [...found, `${what} takes what it stands on away with it`]
  }
  return found
}
