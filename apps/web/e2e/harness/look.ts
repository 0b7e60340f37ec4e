import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { takePicture } from './browser.ts'

const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } } as const

type Rules = 'all' | 'contrast' | 'none'

const LOOKS = [
  {
    size: 'wide',
    schemes: [
      { scheme: 'light', rules: 'all' },
      { scheme: 'dark', rules: 'contrast' },
    ],
  },
  {
    size: 'narrow',
    schemes: [
      { scheme: 'light', rules: 'none' },
      { scheme: 'dark', rules: 'all' },
    ],
  },
] as const

/**
 * Waits until the page has drawn what it was asked for: its heading stands, nothing loads, nothing
 * holds a place.
 */
export const settled = async (page: Page): Promise<void> => {
  await page.getByRole('heading').first().waitFor()
  await page.waitForFunction(
    () => document.querySelector('[aria-busy="true"], .mantine-Skeleton-root, .mantine-Loader-root') === null,
  )
}

/** The findings of axe, each with the elements that it is about. */
const findings = async (page: Page, rules: Exclude<Rules, 'none'>): Promise<string[]> => {
  // Preloading copies style sheets into the page, which the page's policy rightly reports; no rule that is
  // run needs it.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ preload: false })
  if (rules === 'contrast') axe.withRules('color-contrast')
  const { violations } = await axe.analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/**
 * Looks at a page wide and narrow, light and dark, keeping a picture of each, and gives what axe finds.
 * Between light and dark nothing but colours changes: each width is searched for everything in one scheme,
 * and contrast is measured in both. A page that is wider than the window is a finding too (WCAG 2.2, 1.4.10).
 * `ready` is for a page that waits for the person: what is behind its question does not settle.
 */
export const lookAt = async (
  page: Page,
  name: string,
  ready: (page: Page) => Promise<void> = settled,
): Promise<string[]> => {
  const found: string[] = []
  for (const { size, schemes } of LOOKS) {
    await page.setViewportSize(SIZES[size])
    for (const { scheme, rules } of schemes) {
      await page.emulateMedia({ colorScheme: scheme })
      await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor()
      await ready(page)
      const look = `${name}-${size}-${scheme}`
      await takePicture(page, look)
      for (const finding of rules === 'none' ? [] : await findings(page, rules))
        found.push(`${look}: ${finding}`)
    }
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    if (overflow > 0) found.push(`${name}-${size}: ${overflow} pixels wider than the window`)
  }
  return found
}
