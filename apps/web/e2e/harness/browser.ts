import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

const RESULTS = fileURLToPath(new URL('../../test-results/', import.meta.url))
const PATIENCE_MS = 20_000

/** A real Chromium; `CHROMIUM` names another than Debian's. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

/** One person's browser: nothing is shared with another's. */
export interface BrowserWindow {
  readonly context: BrowserContext
  readonly page: Page
  /** What the content policy has refused, on any page so far. */
  readonly violations: string[]
  /** Errors of the console and uncaught ones, so far. A refused request is also one. */
  readonly errors: string[]
  /** Every address that was asked for, so far. */
  readonly addresses: string[]
}

const REPORT_VIOLATIONS = `addEventListener('securitypolicyviolation', (event) => {
  reportViolation(event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sample + ' at ' + event.sourceFile + ':' + event.lineNumber)
})`

/** Opens a window at a desktop's size. `baseURL` is the console's. */
export const openWindow = async (browser: Browser, baseURL: string): Promise<BrowserWindow> => {
  const context = await browser.newContext({
    baseURL,
    viewport: { width: 1440, height: 900 },
    // What fades in has no contrast of its own yet, and what slides in is no place to click.
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(PATIENCE_MS)
  const violations: string[] = []
  const errors: string[] = []
  const addresses: string[] = []
  await context.exposeFunction('reportViolation', (text: string) => violations.push(text))
  await context.addInitScript(REPORT_VIOLATIONS)
  context.on('console', (message) => {
    if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`)
  })
  context.on('weberror', (error) => errors.push(String(error.error())))
  context.on('request', (request) => addresses.push(request.url()))
  return { context, page: await context.newPage(), violations, errors, addresses }
}

/** Keeps a picture of a page in test-results/. */
export const takePicture = async (page: Page, name: string): Promise<void> => {
  await mkdir(RESULTS, { recursive: true })
  await page.screenshot({ path: `${RESULTS}${name}.png`, animations: 'disabled' })
}
