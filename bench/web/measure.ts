import type { BrowserWindow } from '../../apps/web/e2e/harness/browser.ts'
import { until } from '../../apps/web/e2e/harness/until.ts'

export type Page = BrowserWindow['page']

/** As slow as a phone of some years ago, against this machine. */
const SLOWER = 4

/** What a page costs until it has drawn what it was asked for. */
export interface Load {
  /** Compressed bytes of JavaScript. */
  readonly javascript: number
  readonly requests: number
  /** First and largest contentful paint, in milliseconds since the page was asked for. */
  readonly firstPaint: number
  readonly largestPaint: number
  /** Cumulative layout shift: https://web.dev/articles/cls. */
  readonly shift: number
}

/*
 * What runs in the page is text: this program knows no DOM.
 */

const OBSERVE = `
  window.bench = { first: 0, largest: 0, shift: 0, longest: 0, slowestKey: 0 }
  const observe = (type, see, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({ type, buffered: true, ...more })
  observe('paint', ({ name, startTime }) => { if (name === 'first-contentful-paint') bench.first = startTime })
  observe('largest-contentful-paint', ({ startTime }) => { bench.largest = startTime })
  observe('layout-shift', ({ value, hadRecentInput }) => { if (!hadRecentInput) bench.shift += value })
  observe('longtask', ({ duration }) => { bench.longest = Math.max(bench.longest, duration) })
  observe('event', ({ name, duration }) => {
    if (name.startsWith('key')) bench.slowestKey = Math.max(bench.slowestKey, duration)
  }, { durationThreshold: 16 })
`

const READ = `(() => {
  const resources = performance.getEntriesByType('resource')
  const scripts = resources.filter(({ name }) => new URL(name).pathname.endsWith('.js'))
  return {
    javascript: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    requests: resources.length + 1,
    firstPaint: bench.first,
    largestPaint: bench.largest,
    shift: bench.shift,
  }
})()`

const DRAWN = `document.querySelector('[aria-busy="true"], .mantine-Skeleton-root, .mantine-Loader-root') === null`

/** Opens a page of its own in a window, with an empty cache and a slow processor. */
export const slowPage = async ({ context }: BrowserWindow): Promise<Page> => {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER })
  await page.addInitScript(OBSERVE)
  return page
}

/** Loads a page anew and waits until it has drawn all, and half a second for what might still move. */
export const loadOf = async (window: BrowserWindow, path: string): Promise<Load> => {
  const page = await slowPage(window)
  try {
    await page.goto(path, { waitUntil: 'networkidle' })
    await until(() => page.evaluate<boolean>(DRAWN), `${path} is drawn`)
    await page.waitForTimeout(500)
    return await page.evaluate<Load>(READ)
  } finally {
    await page.close()
  }
}

/** How long it takes from a click on a row's button until a dialog has been drawn, in milliseconds. */
export const drawerOf = (page: Page, row: number): Promise<number> =>
  page.evaluate<number>(`new Promise((resolve) => {
    const began = performance.now()
    const drawn = () => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)))
    const seen = new MutationObserver(() => {
      if (document.querySelector('[role="dialog"]') === null) return
      seen.disconnect()
      drawn()
    })
    seen.observe(document.body, { childList: true, subtree: true })
    document.querySelectorAll('main tbody tr')[${row}].querySelector('button').click()
  })`)

/** The longest task, and the slowest answer to a key (0 below 16 ms), since the page was loaded. */
export const strainOf = (page: Page): Promise<{ longest: number; slowestKey: number }> =>
  page.evaluate('({ longest: bench.longest, slowestKey: bench.slowestKey })')

export const forgetStrain = (page: Page): Promise<unknown> =>
  page.evaluate('bench.longest = 0, bench.slowestKey = 0')
