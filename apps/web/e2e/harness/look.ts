import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { takePicture } from './browser.ts'
import { lostInForcedColors, stillMoving } from './looks/forced-colors.ts'
import { closeLists, markLayer } from './looks/layer.ts'
import { type Reach, reachOf, withTextSpacing } from './looks/reach.ts'
import { strayTexts } from './looks/texts.ts'
import { openEach } from './looks/triggers.ts'
import { comesTrue } from './until.ts'

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

/** The findings of axe, each with the elements that it is about; in all of the page, or in a part of it. */
const findings = async (page: Page, rules: Exclude<Rules, 'none'>, part?: string): Promise<string[]> => {
  // Preloading copies style sheets into the page, which the page's policy rightly reports; no rule that is
  // run needs it. How large a target is (2.5.8) is not looked at unless it is asked for.
  const axe = new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ preload: false, rules: { 'target-size': { enabled: true } } })
  if (part !== undefined) axe.include(part)
  if (rules === 'contrast') axe.withRules('color-contrast')
  const { violations } = await axe.analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

const inScheme = async (page: Page, scheme: 'light' | 'dark'): Promise<void> => {
  await page.emulateMedia({ colorScheme: scheme })
  await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor()
}

/** What axe finds in what a trigger has opened, in both schemes. */
const lookIntoOpened = (page: Page) => async (): Promise<string[]> => {
  const found = await findings(page, 'all', '[data-e2e-opened]')
  await inScheme(page, 'dark')
  found.push(...(await findings(page, 'contrast', '[data-e2e-opened]')))
  await inScheme(page, 'light')
  return found
}

/** A window of 1280 pixels at a zoom of 400 %, which is also the narrowest that there is (1.4.10). */
const ZOOMED = { width: 320, height: 256 }

/** What is the same in light and dark: texts, what opens, and how all of it is reached. */
const lookOnce = async (page: Page, name: string): Promise<string[]> => {
  await markLayer(page)
  const found = [...(await strayTexts(page)), ...(await stillMoving(page))]
  found.push(...(await openEach(page, lookIntoOpened(page))))
  return found.map((finding) => `${name}: ${finding}`)
}

/**
 * What scrolls sideways and is cut off for longer than a moment: when a window has another size, what marks a
 * choice is on its way to its place.
 */
const lasting = async (page: Page): Promise<Pick<Reach, 'sideways' | 'cut'>> => {
  let seen: Reach = { sideways: [], cut: [], covered: [] }
  await comesTrue(async () => {
    seen = await reachOf(page, false)
    return seen.sideways.length + seen.cut.length === 0
  }, 3000)
  return seen
}

const reach = async (page: Page, look: string, isFocused: boolean): Promise<string[]> => {
  const { sideways, cut } = await lasting(page)
  const { covered } = isFocused ? await reachOf(page) : { covered: [] }
  await closeLists(page)
  return [
    ...sideways.map((what) => `${look}: scrolls sideways: ${what}`),
    ...cut.map((what) => `${look}: is cut off: ${what}`),
    ...covered.map((what) => `${look}: is covered while it has the focus: ${what}`),
  ]
}

/**
 * Takes away what was told of an earlier act: it stands over whatever is there, and goes by itself sooner or
 * later. It was in the pictures.
 */
const dismissNotices = async (page: Page): Promise<void> => {
  const dismiss = page.getByRole('button', { name: 'Dismiss', includeHidden: true })
  // One that has gone by itself meanwhile needs nobody.
  for (const one of await dismiss.all())
    await one.click({ timeout: 1_000, force: true }).catch(() => undefined)
  await dismiss.first().waitFor({ state: 'detached' })
}

/**
 * Looks at a page wide and narrow, light, dark and in a person's own colours, keeping pictures, and gives
 * what axe and the looks of this folder find. Between light and dark nothing but colours changes: each width
 * is searched for everything in one scheme, and contrast is measured in both.
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
      await inScheme(page, scheme)
      await ready(page)
      const look = `${name}-${size}-${scheme}`
      await takePicture(page, look)
      for (const finding of rules === 'none' ? [] : await findings(page, rules))
        found.push(`${look}: ${finding}`)
      if (size === 'wide' && scheme === 'light') found.push(...(await lookOnce(page, look)))
    }
  }
  await page.emulateMedia({ forcedColors: 'active' })
  await takePicture(page, `${name}-narrow-forced`)
  await page.setViewportSize(SIZES.wide)
  await takePicture(page, `${name}-wide-forced`)
  await page.setViewportSize(ZOOMED)
  await page.emulateMedia({ forcedColors: 'none' })
  await takePicture(page, `${name}-zoomed`)
  await dismissNotices(page)
  // The focus goes everywhere from here on, which opens what it opens.
  await markLayer(page)
  found.push(...(await reach(page, `${name}-zoomed`, true)))
  found.push(...(await withTextSpacing(page, () => reach(page, `${name}-spaced`, false))))
  await page.setViewportSize(SIZES.narrow)
  found.push(...(await reach(page, `${name}-narrow`, false)))
  await page.setViewportSize(SIZES.wide)
  found.push(...(await reach(page, `${name}-wide`, true)))
  await page.emulateMedia({ forcedColors: 'active' })
  found.push(...(await lostInForcedColors(page)).map((what) => `${name}-forced: ${what}`))
  await closeLists(page)
  await page.emulateMedia({ forcedColors: 'none' })
  return found
}
