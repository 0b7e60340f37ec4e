import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { PAGE_PATHS, type PagePath } from '../src/app/pages.ts'
import { callFrom } from './harness/api.ts'
import { type BrowserWindow, openWindow } from './harness/browser.ts'
import { type Demo, openDemo } from './harness/demo.ts'
import { settled } from './harness/look.ts'
import { drawnRows, scrollToRow } from './harness/tables.ts'
import { until } from './harness/until.ts'

/* What is there before the console's code is, what is asked for and when, and that nothing moves. */

const ROLES = ['administrator', 'privacy-officer', 'clinician', 'analyst', 'billing', 'patient'] as const
type Role = (typeof ROLES)[number]

/** Cumulative layout shift (https://web.dev/articles/cls) that a page stays under. */
const MOST_SHIFT = 0.02

/** Everything of the build but the style sheets, which the frame is painted with. */
const SCRIPTS = '**/assets/*.js'

/** Draws nothing: it leads on to the page of the patient whose account it is. */
const LEADS_ON = '/my-record'

type Drawn = Exclude<PagePath, typeof LEADS_ON>

const DRAWN = PAGE_PATHS.filter((path): path is Drawn => path !== LEADS_ON)

/** Who opens a page, so that it has something to show. */
const READERS: Readonly<Record<Drawn, Role>> = {
  '/': 'clinician',
  '/patients': 'clinician',
  '/patients/$id': 'clinician',
  '/patients/$id/accesses': 'privacy-officer',
  '/patients/$id/whole': 'patient',
  '/claims': 'billing',
  '/emergency': 'clinician',
  '/destruction': 'privacy-officer',
  '/break-glass': 'privacy-officer',
  '/break-glass/$id': 'privacy-officer',
  '/exports': 'analyst',
  '/exports/$id': 'analyst',
  '/users': 'administrator',
  '/people': 'administrator',
  '/people/$id': 'administrator',
  '/users/$id': 'administrator',
  '/roles': 'administrator',
  '/roles/$name': 'administrator',
  '/role-editor': 'administrator',
  '/approvals': 'administrator',
  '/audit': 'privacy-officer',
  '/imports': 'administrator',
  '/sessions': 'administrator',
  '/keys': 'administrator',
  '/bundles': 'privacy-officer',
  '/work': 'analyst',
  '/backups': 'administrator',
  '/account': 'analyst',
}

let demo: Demo<Role>
const ids: Partial<Record<PagePath, string>> = {}

const idIn = (data: unknown, ...path: (string | number)[]): string => {
  let at = data
  for (const key of [...path, 'id'])
    at = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined
  if (typeof at !== 'string') throw new Error('The answer has no id.')
  return at
}

beforeAll(async () => {
  demo = await openDemo(ROLES, { patients: 12 })
  const of = (role: Role) => demo.windowOf(role).page
  const patient = idIn((await callFrom(of('clinician'), 'patients.mine', {})).data, 'items', 0)
  const session = (await callFrom(of('patient'), 'auth.session', {})).data as { user: { patientId: string } }
  const own = session.user.patientId
  const user = idIn((await callFrom(of('administrator'), 'users.list', {})).data, 'items', 0)
  const request = { purpose: 'Yearly report on chronic disease for the board', types: ['Patient'] }
  const asked = idIn((await callFrom(of('analyst'), 'exports.request', request)).data)
  Object.assign(ids, {
    '/patients/$id': patient,
    '/patients/$id/accesses': patient,
    '/patients/$id/whole': own,
    '/users/$id': user,
    '/exports/$id': asked,
    // Of what there is not: the code is the same, and nothing has to be done for it first.
    '/people/$id': patient,
    '/break-glass/$id': patient,
  })
})

afterAll(async () => {
  await demo?.close()
})

afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await demo?.picture('failed-speed')
})

const urlOf = (path: PagePath): string => path.replace('$id', ids[path] ?? '').replace('$name', 'nurse')

const HOLD_SHIFTS = `
  window.shifted = 0
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.shifted += value
  }).observe({ type: 'layout-shift', buffered: true })
`

const evaluated = <Value>(page: Page, text: string): Promise<Value> => page.evaluate<Value>(text)

/** A tab of its own in somebody's window, closed afterwards. */
const inTab = async (window: BrowserWindow, use: (page: Page) => Promise<void>): Promise<void> => {
  const page = await window.context.newPage()
  try {
    await use(page)
  } finally {
    await page.close()
  }
}

/** Holds what matches until it is let go, which is to be done before the tab closes. */
const hold = async (page: Page, matching: string): Promise<{ held: () => number; letGo: () => void }> => {
  const gate = Promise.withResolvers<void>()
  let held = 0
  await page.route(matching, async (route) => {
    held += 1
    await gate.promise
    await route.continue()
  })
  return { held: () => held, letGo: gate.resolve }
}

const painted = (page: Page): Promise<void> =>
  until(
    () => evaluated(page, `performance.getEntriesByName('first-contentful-paint').length === 1`),
    'something is painted',
  )

const places = (page: Page, selectors: readonly string[]) =>
  Promise.all(selectors.map((one) => page.locator(one).first().boundingBox()))

describe('before the console’s code is there', () => {
  it.each([
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ])('its frame is painted, at $width pixels, where the console comes to stand', async (size) => {
    const { violations } = demo.windowOf('privacy-officer')
    await inTab(demo.windowOf('privacy-officer'), async (page) => {
      await page.setViewportSize(size)
      const { letGo } = await hold(page, SCRIPTS)
      await page.goto('/audit', { waitUntil: 'commit' })
      await page.getByRole('status').getByText('Loading').waitFor({ state: 'attached' })
      await painted(page)
      expect(await evaluated<string>(page, `document.getElementById('root').innerHTML`)).toBe('')
      const before = await places(page, ['#frame aside', '.frame-header', '.frame-header svg', '.frame-page'])
      expect(before.every((box) => box !== null)).toBe(true)
      letGo()
      await page.getByRole('heading', { level: 1, name: 'Audit log' }).waitFor()
      expect(await page.locator('#frame').count()).toBe(0)
      const after = await places(page, ['aside', 'header', 'header a svg', 'main'])
      const corner = (box: (typeof after)[number]) =>
        [box?.x, box?.y, box?.width].map((one) => Math.round(one ?? -1))
      expect(after.map(corner)).toEqual(before.map(corner))
      await settled(page)
    })
    expect(violations).toEqual([])
  })

  it('the frame has the colours that the person has chosen, whatever the system prefers', async () => {
    await inTab(demo.windowOf('analyst'), async (page) => {
      const ground = () =>
        evaluated<string>(page, `getComputedStyle(document.documentElement).backgroundColor`)
      const grounds: string[] = []
      await page.emulateMedia({ colorScheme: 'light' })
      await page.goto('/account')
      for (const button of ['Use the dark colours', 'Use the light colours']) {
        await page.getByRole('button', { name: button }).click()
        const { letGo } = await hold(page, SCRIPTS)
        await page.emulateMedia({ colorScheme: button.includes('dark') ? 'light' : 'dark' })
        await page.reload({ waitUntil: 'commit' })
        await painted(page)
        expect(await page.locator('#frame').count()).toBe(1)
        grounds.push(await ground())
        letGo()
        await page.getByRole('heading', { level: 1 }).waitFor()
        grounds.push(await ground())
      }
      expect(grounds).toEqual([
        'rgb(18, 24, 27)',
        'rgb(18, 24, 27)',
        'rgb(247, 249, 249)',
        'rgb(247, 249, 249)',
      ])
      await evaluated(page, `localStorage.removeItem('chartward-color-scheme')`)
      await page.reload()
      await settled(page)
    })
  })

  it('whoever is not signed in sees no frame, and whoever has no JavaScript reads why nothing comes', async () => {
    const { context, page, violations } = await openWindow(demo.browser, demo.installation.url)
    const { letGo } = await hold(page, SCRIPTS)
    await page.goto('/users', { waitUntil: 'commit' })
    await page.locator('#root').waitFor({ state: 'attached' })
    expect(await page.locator('#frame').count()).toBe(0)
    letGo()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(violations).toEqual([])
    await context.close()
    const without = await demo.browser.newContext({
      baseURL: demo.installation.url,
      javaScriptEnabled: false,
    })
    const bare = await without.newPage()
    for (const path of ['/', '/sign-in']) {
      await bare.goto(path)
      expect(await bare.locator('noscript').innerText()).toContain('Chartward works with JavaScript only.')
      expect(await bare.locator('noscript').isVisible()).toBe(true)
    }
    await without.close()
  })
})

describe('a page that is asked for', () => {
  it.each([
    ...DRAWN.map((path) => [path, READERS[path]] as const),
    ...ROLES.filter((role) => role !== READERS['/']).map((role) => ['/', role] as const),
  ])(
    '%s names its own code in its first answer, and nothing in it moves, for the role %s',
    async (path, role) => {
      const { violations } = demo.windowOf(role)
      const listed: { path: string; files: string[] }[] = JSON.parse(
        await readFile(new URL('../dist/preloads.json', import.meta.url), 'utf8'),
      )
      const files = listed.find((one) => one.path === path)?.files ?? []
      const [own = ''] = files
      expect(own).toMatch(/^assets\/[\w-]+-page-[\w-]{8}\.js$/)
      await inTab(demo.windowOf(role), async (page) => {
        await page.setViewportSize({ width: 1440, height: 900 })
        await page.addInitScript(HOLD_SHIFTS)
        const answer = await page.goto(urlOf(path))
        const html = (await answer?.text()) ?? ''
        for (const file of files) expect(html).toContain(`href="/${file}"`)
        await settled(page)
        expect(new URL(page.url()).pathname).toBe(urlOf(path))
        // Nothing of it is named in vain.
        const loaded = await evaluated<string[]>(
          page,
          `performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname.slice(1))`,
        )
        expect(loaded).toEqual(expect.arrayContaining(files))
        await page.waitForLoadState('networkidle')
        expect(await evaluated<number>(page, 'window.shifted')).toBeLessThan(MOST_SHIFT)
      })
      expect(violations).toEqual([])
    },
  )

  it('asks once who is signed in', async () => {
    await inTab(demo.windowOf('administrator'), async (page) => {
      const calls: string[] = []
      page.on('request', (request) => {
        if (request.url().includes('auth.session')) calls.push(request.url())
      })
      await page.goto('/users')
      await settled(page)
      // Past the moment at which what the page asks for would have it ask again how much time is left.
      await page.waitForTimeout(4_000)
      expect(calls).toHaveLength(1)
    })
  })
})

describe('the way to another page', () => {
  it('is shown as long as its code is on its way, and not after', async () => {
    await inTab(demo.windowOf('administrator'), async (page) => {
      await page.goto('/')
      await settled(page)
      const { letGo } = await hold(page, '**/assets/users-page-*.js')
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Users' }).click()
      const progress = page.getByRole('progressbar', { name: 'Loading the page' })
      await progress.waitFor()
      letGo()
      await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor()
      await progress.waitFor({ state: 'detached' })
    })
  })
})

/** What React has drawn each row with: another object for a row that was drawn anew, whatever came of it. */
const REMEMBER_ROWS = `
  window.drawnWith = (row) => row[Object.keys(row).find((key) => key.startsWith('__reactProps$'))]
  window.rows = [...document.querySelectorAll('main tbody tr[data-row]')].map((row) => [row, drawnWith(row)])
`
const ROWS_DRAWN_ANEW = `window.rows.filter(([row, before]) => row.isConnected && drawnWith(row) !== before).length`
const ROWS_THAT_STAYED = `window.rows.filter(([row]) => row.isConnected).length`

describe('a long list', () => {
  it('leaves the rows alone that are there, when others come and when one is opened', async () => {
    const { page: officer } = demo.windowOf('privacy-officer')
    for (let made = 0; made < 160; made += 1) await callFrom(officer, 'audit.actions', {})
    await inTab(demo.windowOf('privacy-officer'), async (page) => {
      await page.setViewportSize({ width: 1440, height: 900 })
      await page.goto('/audit')
      await drawnRows(page).first().waitFor()
      await scrollToRow(page, 80)
      const more = await hold(page, '**/trpc/audit.search*')
      // Held, not only on their way: what was asked for earlier comes whatever is held now.
      await until(async () => {
        await evaluated(page, 'scrollTo(0, document.documentElement.scrollHeight)')
        return more.held() > 0
      }, 'more rows are asked for')
      const said = page.getByText(/ loaded, more to come$/)
      const before = await said.innerText()
      await evaluated(page, REMEMBER_ROWS)
      more.letGo()
      await until(async () => (await said.allInnerTexts())[0] !== before, 'more rows have come')
      await settled(page)
      expect(await evaluated<number>(page, ROWS_THAT_STAYED)).toBeGreaterThan(10)
      expect(await evaluated<number>(page, ROWS_DRAWN_ANEW)).toBe(0)

      await evaluated(page, REMEMBER_ROWS)
      await drawnRows(page).nth(8).getByRole('button').first().click()
      await page.getByRole('dialog').waitFor()
      await settled(page)
      expect(await evaluated<number>(page, ROWS_DRAWN_ANEW)).toBe(1)
    })
  })
})
