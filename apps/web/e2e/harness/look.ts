import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { takePicture } from './browser.ts'

const SIZES = [
  { name: 'wide', width: 1440, height: 900 },
  { name: 'narrow', width: 390, height: 844 },
] as const

/** Waits until the page has drawn what it was asked for: its heading stands, nothing loads, nothing holds a place. */
export const settled = async (page: Page): Promise<void> => {
  await page.getByRole('heading').first().waitFor()
  await page.waitForFunction(
    () => document.querySelector('[aria-busy="true"], .mantine-Skeleton-root, .mantine-Loader-root') === null,
  )
}

/** The findings of axe, each with the elements that it is about. */
const findings = async (page: Page, rules: readonly string[] | null): Promise<string[]> => {
  // Preloading copies style sheets into the page, which the page's policy rightly reports; no rule that is run needs it.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ preload: false })
  if (rules !== null) axe.withRules([...rules])
  const { violations } = await axe.analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

/**
 * Looks at a page wide and narrow, light and dark, keeping a picture of each, and gives what axe finds. Between light and
 * dark nothing but colours changes, so that the second look asks for contrast alone. A page that is wider than the window is
 * a finding too (WCAG 2.2, 1.4.10).
 */
export const lookAt = async (page: Page, name: string): Promise<string[]> => {
  const found: string[] = []
  for (const size of SIZES) {
    await page.setViewportSize(size)
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme })
      await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor()
      await settled(page)
      const look = `${name}-${size.name}-${scheme}`
      await takePicture(page, look)
      for (const finding of await findings(page, scheme === 'light' ? null : ['color-contrast']))
        found.push(`${look}: ${finding}`)
    }
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    if (overflow > 0) found.push(`${name}-${size.name}: ${overflow} pixels wider than the window`)
  }
  return found
}
