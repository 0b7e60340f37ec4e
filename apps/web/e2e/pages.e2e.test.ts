import { once } from 'node:events'
import { createServer } from 'node:http'
import { NAME_SEARCH_NEEDS } from '@chartward/contract'
import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { callFrom } from './harness/api.ts'
import { type BrowserWindow, openWindow } from './harness/browser.ts'
import { type Demo, openDemo } from './harness/demo.ts'
import { lookAt, settled } from './harness/look.ts'
import { mintBundle } from './harness/mint-bundle.ts'
import { authenticatorOf, givePassword, type Person, signIn, signOut, withStepUp } from './harness/sign-in.ts'
import { brokenWords, countTimers, drawnRows, focusedRow, scrollToRow } from './harness/tables.ts'
import { textOf } from './harness/text.ts'
import { until } from './harness/until.ts'

/** Where the router keeps scroll positions. */
const SCROLLED = 'tsr-scroll-restoration-v1_3'

/* Every page of every role, on the demo: its content policy, its accessibility, and that no PHI strays. */

/** More than the pages open; one person of this test opens more. */
const USUAL_PATIENTS = 8

const ROLES = ['administrator', 'privacy-officer', 'clinician', 'nurse', 'billing', 'analyst'] as const
type Role = (typeof ROLES)[number]

let demo: Demo<Role>

/** What identifies patients of the demo, read off the clinician's own list. */
const phi: string[] = []
let patientId: string
let exportId: string
let invitationUrl: string

const personOf = (role: Role): Person => demo.personOf(role)

const windowOf = (role: Role): BrowserWindow => demo.windowOf(role)

const idIn = (data: unknown): string => {
  const id: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'id') : undefined
  if (typeof id !== 'string') throw new Error('The answer has no id.')
  return id
}

/** What the pages need to have something to show: a ready export, an approval that waits, an invitation. */
const furnish = async (): Promise<void> => {
  const { page: analyst } = windowOf('analyst')
  const { page: officer } = windowOf('privacy-officer')
  const { page: administrator } = windowOf('administrator')
  const purpose = 'Yearly report on chronic disease for the board'
  exportId = idIn(
    (await callFrom(analyst, 'exports.request', { purpose, types: ['Patient', 'Condition'] })).data,
  )
  const approval = { id: exportId, reason: 'Needed for the report', attestation: true }
  expect(await callFrom(officer, 'exports.approve', approval)).toMatchObject({ code: null })
  const invited = await callFrom(administrator, 'users.invite', {
    email: 'auditor@demo.example',
    displayName: 'Oda Fairweather',
  })
  invitationUrl = String((invited.data as { invitationUrl: string }).invitationUrl)
  const request = {
    userId: idIn(invited.data),
    role: 'auditor',
    reason: 'Reads the log for the yearly audit',
  }
  expect(await callFrom(administrator, 'users.assignRole', request)).toMatchObject({ code: null })
  await until(async () => {
    const { data } = await callFrom(analyst, 'exports.get', { id: exportId })
    return (data as { status: string }).status === 'ready'
  }, 'the export is ready')
}

const readPatients = async (): Promise<void> => {
  const { page } = windowOf('clinician')
  await page.goto('/patients')
  const names = page.getByRole('table', { name: 'Patients in your care' }).getByRole('link')
  await names.first().waitFor()
  for (const name of await names.allInnerTexts()) phi.push(name, name.split(' ').at(-1) ?? name)
  await names.first().click()
  await page.getByRole('heading', { level: 1, name: phi[0] ?? '' }).waitFor()
  phi.push(/MRN\s*(\d+)/.exec(await textOf(page.getByRole('main')))?.[1] ?? '')
  expect(phi.length).toBeGreaterThan(5)
  expect(phi.every((value) => value.length > 2)).toBe(true)
  patientId = new URL(page.url()).pathname.split('/')[2] ?? ''
}

beforeAll(async () => {
  demo = await openDemo(ROLES, {
    patients: 30,
    settings: { CHARTWARD_PATIENTS_PER_HOUR: String(USUAL_PATIENTS) },
  })
  await furnish()
  await readPatients()
})

afterAll(async () => {
  await demo?.close()
})

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  await demo?.picture('failed-pages')
})

/**
 * Gives the page a bundle of another log with its key, as it is or with a byte changed, and waits for its
 * word.
 */
const checkBundle = async (page: Page, outcome: 'holds' | 'does not hold') => {
  const { bytes, verifierKey } = await mintBundle()
  const buffer = Buffer.from(bytes)
  if (outcome !== 'holds') buffer.set([buffer.at(-2_000) === 0x78 ? 0x79 : 0x78], buffer.length - 2_000)
  await page.getByLabel('Verifier key of the log').fill(verifierKey)
  await page.getByLabel('File').setInputFiles({ name: 'bundle.tar', mimeType: 'application/x-tar', buffer })
  await page.getByText(`This bundle ${outcome}`).waitFor()
}

/** Pages by name, and what to do there before looking. */
type Visit = readonly [name: string, path: string, act?: (page: Page) => Promise<unknown>]

const visitsOf = (role: Role): readonly Visit[] => {
  const chart = `/patients/${patientId}`
  switch (role) {
    case 'administrator':
      return [
        ['home', '/'],
        ['users', '/users'],
        ['roles', '/roles'],
        ['role', '/roles/nurse'],
        ['invite', '/users', (page) => page.getByRole('button', { name: 'Invite a user' }).click()],
        ['user', '/users', openNurse],
        [
          'lock-down',
          '/users',
          async (page) => {
            await openNurse(page)
            await page.getByRole('button', { name: 'Lock down' }).click()
            await page.getByRole('dialog', { name: 'Lock the account down' }).waitFor()
          },
        ],
        ['sessions', '/sessions'],
        ['approvals', '/approvals'],
        ['decided', '/approvals?status=all'],
        ['imports', '/imports'],
        ['keys', '/keys'],
        [
          'rotate-key',
          '/keys',
          async (page) => {
            await page.getByRole('button', { name: 'Rotate: Mails' }).click()
            await page.getByText('Nothing has to be made anew.').waitFor()
          },
        ],
        ['backups', '/backups'],
        ['account', '/account'],
        ['refused', chart],
        ['missing', '/no-such-page'],
      ]
    case 'privacy-officer':
      return [
        ['home', '/'],
        ['audit', '/audit'],
        ['audit-refusals', '/audit?outcome=refused'],
        ['audit-proof', '/audit?proof=true', (page) => page.getByText(/^Signed and verified at/).waitFor()],
        ['audit-entry', '/audit?action=patient.viewed', openEntry],
        ['work', '/work'],
        ['bundle', '/bundles', (page) => checkBundle(page, 'holds')],
        ['bundle-changed', '/bundles', (page) => checkBundle(page, 'does not hold')],
        ['exports', '/exports'],
        ['export', `/exports/${exportId}`],
        ['export-fields', `/exports/${exportId}?tab=fields`],
        ['audit-filters', `/audit?patient=${patientId}&text=viewed&outcome=success&others=true`],
        [
          'audit-patient',
          '/audit',
          async (page) => {
            await page.getByRole('button', { name: 'Patient', exact: true }).click()
            await page.getByRole('dialog', { name: 'Entries about one patient' }).waitFor()
          },
        ],
        ['patients', '/patients'],
        ['patient', chart],
        ['care-team', `${chart}?tab=care-team`],
        [
          'holds',
          `${chart}?tab=destruction`,
          (page) => page.getByRole('heading', { name: 'Legal holds' }).waitFor(),
        ],
        ['destruction', '/destruction'],
        ['who-saw', `${chart}?tab=who-saw`, (page) => page.getByText(/^As of [\d,]+ entries/).waitFor()],
        [
          'who-saw-narrowed',
          `${chart}?tab=who-saw&action=patient.viewed&from=2026-01-01`,
          (page) => page.getByText(/^As of [\d,]+ entries/).waitFor(),
        ],
        ['who-saw-print', `${chart}/accesses`, (page) => page.getByText('As of tree size').waitFor()],
        [
          'sessions',
          '/users',
          async (page) => {
            await openNurse(page)
            await page.getByRole('tab', { name: 'Sessions' }).click()
            await page.getByRole('table', { name: 'Sessions' }).waitFor()
          },
        ],
      ]
    case 'clinician':
      return [
        ['home', '/'],
        ['patients', '/patients', searchByName],
        ['patients-by-name', '/patients?order=name'],
        ['chart', chart, (page) => page.getByRole('heading', { name: 'Allergies' }).waitFor()],
        ['problems', `${chart}?tab=problems`],
        ['visits', `${chart}?tab=visits`],
        ['results', `${chart}?tab=results&type=Observation`],
        ['trend-values', `${chart}?tab=results&type=Observation`, openValues],
        ['note', `${chart}?tab=documents`, openFirst],
        ['care-team', `${chart}?tab=care-team`],
      ]
    case 'nurse':
      return [
        ['home', '/'],
        ['patients', '/patients'],
        ['chart', '/patients', openPatient],
      ]
    case 'billing':
      return [
        ['home', '/'],
        ['patients', '/patients'],
        ['chart', chart],
        ['claim', `${chart}?tab=billing&type=Claim`, openFirst],
        ['claims', '/claims', (page) => page.getByRole('button', { name: 'Find claims' }).click()],
      ]
    case 'analyst':
      return [
        ['home', '/'],
        ['exports', '/exports'],
        ['request', '/exports?new=true'],
        ['export', `/exports/${exportId}`],
      ]
  }
}

const openNurse = async (page: Page): Promise<void> => {
  const { name } = personOf('nurse')
  await page.getByRole('link', { name }).click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

const openPatient = async (page: Page): Promise<void> => {
  await page.getByRole('row').nth(1).getByRole('link').click()
  await page.getByRole('tab', { name: 'Overview' }).waitFor()
}

const openFirst = async (page: Page): Promise<void> => {
  await page.getByRole('table').getByRole('row').nth(1).getByRole('button').first().click()
  await page.getByRole('dialog').waitFor()
}

const openValues = async (page: Page): Promise<void> => {
  await page.getByText(/^The whole series: /).waitFor()
  await page.getByText('Values as a table').click()
  await page.getByRole('table', { name: /newest first$/ }).waitFor()
}

const openEntry = async (page: Page): Promise<void> => {
  await openFirst(page)
  await page.getByRole('button', { name: 'Verify inclusion' }).click()
  await page.getByText('Verified: this entry is in the signed tree').waitFor()
}

const searchByName = async (page: Page): Promise<void> => {
  // From how many letters a name is found is told before it is tried.
  await page.getByText(NAME_SEARCH_NEEDS).waitFor()
  await page.getByLabel('Patient name').fill(phi[1] ?? '')
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await page.getByRole('table', { name: 'Patients found' }).waitFor()
}

/** Everything that outlives a page or is seen beside it: the title, the history's state and the storages. */
const traces = (page: Page): Promise<string> =>
  page.evaluate(() =>
    JSON.stringify([
      document.title,
      location.href,
      history.state,
      { ...localStorage },
      { ...sessionStorage },
    ]),
  )

/** What of the patients stands in a text, as whole words: a family name may be the beginning of anything. */
const phiIn = (text: string): string[] => {
  const words = ` ${text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} `
  return phi.filter((value) => words.includes(` ${value.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} `))
}

const visibleText = async (page: Page): Promise<string> =>
  (await page.locator('body').allInnerTexts()).join(' ')

/** A field, as long as it has the focus. */
const focused = (field: Locator): Locator => field.and(field.page().locator(':focus'))

/** What is said to be wrong at a field, where it is marked as wrong; null where it is not. */
const saidAt = async (field: Locator): Promise<string | null> => {
  if ((await field.getAttribute('aria-invalid')) !== 'true') return null
  const described = (await field.getAttribute('aria-describedby')) ?? ''
  const [error = ''] = described.split(' ').filter((id) => id.endsWith('-error'))
  return textOf(field.page().locator(`[id="${error}"]`))
}

/** Where there is PHI among addresses; the console's own files are named by the build. */
const strayedInto = (addresses: readonly string[]): string[] =>
  addresses.filter(
    (address) => !address.includes('/assets/') && phiIn(decodeURIComponent(address)).length > 0,
  )

describe('every page', () => {
  it.each(ROLES)(
    'of the role %s keeps the content policy and WCAG 2.2, and lets no PHI out',
    async (role) => {
      const { page, violations, errors, addresses } = windowOf(role)
      const found: string[] = []
      for (const [name, path, act] of visitsOf(role)) {
        await page.setViewportSize({ width: 1440, height: 900 })
        await page.goto(path)
        await settled(page)
        // Signed out meanwhile, the pages looked at would all be the one for signing in.
        if (!path.startsWith('/sign-in')) expect(new URL(page.url()).pathname).not.toBe('/sign-in')
        await act?.(page)
        found.push(...(await lookAt(page, `${role}-${name}`)))
        const left = phiIn(await traces(page))
        if (left.length > 0) found.push(`${role}-${name}: PHI in the title, the address or a storage`)
      }
      expect(found).toEqual([])
      expect(violations).toEqual([])
      expect(errors).toEqual([])
      expect(strayedInto(addresses)).toEqual([])
    },
  )

  it('of someone who is not signed in does so too', async () => {
    const { context, page, violations, errors } = await openWindow(demo.browser, demo.installation.url)
    const found: string[] = []
    await page.goto('/sign-in')
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    found.push(...(await lookAt(page, 'anyone-sign-in')))
    await page.getByLabel('Work e-mail').fill('nobody@demo.example')
    await page.getByRole('button', { name: 'Continue' }).click()
    const password = page.getByLabel('Password', { exact: true })
    await focused(password).waitFor()
    expect(await saidAt(password)).toBe('This can’t be left empty.')
    expect(await page.locator('form').evaluate((form: HTMLFormElement) => form.noValidate)).toBe(true)
    await givePassword(page, personOf('nurse'))
    found.push(...(await lookAt(page, 'anyone-code')))
    await page.goto(invitationUrl)
    await page.getByLabel('New password').fill('Quiet-Juniper-Meadow-58')
    found.push(...(await lookAt(page, 'anyone-invitation')))
    await page.getByLabel('The same again').fill('Quiet-Juniper-Meadow-58')
    await page.getByRole('button', { name: 'Set the password' }).click()
    await page.getByRole('code').waitFor()
    found.push(...(await lookAt(page, 'anyone-enrolment')))
    expect(found).toEqual([])
    expect(violations).toEqual([])
    expect(errors).toEqual([])
    await context.close()
  })
})

/** So many entries are made, each by a read that is logged, that a list of them is a long one. */
const ENTRIES = 320

describe('a long list', () => {
  beforeEach(async () => {
    await windowOf('privacy-officer').page.setViewportSize({ width: 1440, height: 900 })
  })

  it('draws the rows around the window alone, on one timer, and comes back to where it was', async () => {
    const { page, violations, errors } = windowOf('privacy-officer')
    for (let made = 0; made < ENTRIES; made += 1)
      expect(await callFrom(page, 'audit.actions', {})).toMatchObject({ status: 200 })
    const timers = await countTimers(page)
    await page.goto('/audit')
    await drawnRows(page).first().waitFor()
    expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe('-1')
    await scrollToRow(page, 300)
    expect(await drawnRows(page).count()).toBeLessThan(80)
    expect(await timers()).toBeLessThan(5)

    const at = () => page.evaluate(() => scrollY)
    await page.evaluate(() => scrollTo(0, 4000))
    await until(async () => (await at()) > 3500, 'the page is scrolled')
    const before = await at()
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Approvals' }).click()
    await page.getByRole('heading', { level: 1, name: 'Approvals' }).waitFor()
    await page.goBack()
    await drawnRows(page).first().waitFor()
    await until(async () => Math.abs((await at()) - before) < 100, 'the page is where it was')

    await page.emulateMedia({ media: 'print' })
    await until(async () => (await drawnRows(page).count()) >= 300, 'all rows are printed')
    await page.emulateMedia({ media: 'screen' })
    await until(async () => (await drawnRows(page).count()) < 80, 'the rest is gone from the screen')
    expect([violations, errors]).toEqual([[], []])
  })

  it('is gone through by arrow keys, and the focus returns to the row that was shown last', async () => {
    const { page } = windowOf('privacy-officer')
    await page.goto('/audit')
    await page.locator('tr[data-index="2"]').getByRole('button').first().click()
    const drawer = page.getByRole('dialog')
    const place = (row: number) => drawer.getByText(new RegExp(`^${row} of \\d+ loaded$`)).waitFor()
    await place(3)
    for (const row of [4, 5, 6]) {
      await page.keyboard.press('ArrowDown')
      await place(row)
    }
    await page.keyboard.press('ArrowUp')
    await place(5)
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
    await until(async () => (await focusedRow(page)) === '4', 'the focus is on the row')

    await page.keyboard.press('Enter')
    await drawer.getByRole('button', { name: 'Next in the list' }).click()
    await place(6)
    await page.keyboard.press('Escape')
    await until(async () => (await focusedRow(page)) === '5', 'the focus is on the next row')
  })

  it('is looked at as its reader has chosen, also after a reload, and no more of that is stored', async () => {
    const { page } = windowOf('privacy-officer')
    const headers = () => page.getByRole('columnheader').allInnerTexts()
    const view = page.getByRole('button', { name: 'View', exact: true })
    await page.goto('/audit')
    await drawnRows(page).first().waitFor()
    expect(await headers()).toContain('From')
    await view.click()
    await page.getByRole('checkbox', { name: 'From', exact: true }).uncheck()
    await page.getByRole('radio', { name: 'Compact' }).check()
    expect(await page.getByRole('checkbox', { name: 'What', exact: true }).isDisabled()).toBe(true)
    expect(await lookAt(page, 'privacy-officer-view')).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.reload()
    await drawnRows(page).first().waitFor()
    expect(await headers()).not.toContain('From')
    const stored = await page.evaluate(() => localStorage.getItem('chartward-tables'))
    expect(stored).toBe('{"compact":true,"hidden":{"audit":["ip"]}}')
    await page.evaluate(() => localStorage.removeItem('chartward-tables'))
  })

  it('says what is selected of it: loaded rows, and not all that match', async () => {
    const { page, context } = windowOf('privacy-officer')
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.goto('/audit')
    const boxes = page.getByRole('checkbox', { name: /^Select (?!all)/ })
    for (const row of [0, 3]) await boxes.nth(row).check()
    await page.getByText('2 of the 50 loaded entries selected').waitFor()
    await page.getByText('More match, and are not selected.').waitFor()
    await page.getByRole('button', { name: 'Copy 2 ids' }).click()
    await page.getByRole('button', { name: 'Copied' }).waitFor()
    const ids = await drawnRows(page).evaluateAll((rows) => rows.map((row) => row.getAttribute('data-row')))
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe([ids[0], ids[3]].join('\n'))
  })

  it('begins at a day that is jumped to, and is sorted by time both ways, all of it', async () => {
    const { page } = windowOf('privacy-officer')
    await page.goto('/audit')
    const when = page.getByRole('columnheader', { name: 'When' })
    await when.getByRole('button').waitFor()
    expect(await page.getByRole('columnheader').getByRole('button').count()).toBe(1)
    await page.getByLabel('Jump to a day').fill('2020-01-01')
    await page.getByText('No entry fits these filters').waitFor()
    expect(new URL(page.url()).searchParams.get('to')).toBe('2020-01-01')
    await page.goto('/audit')
    await when.getByRole('button').click()
    await page.locator('th[aria-sort="ascending"]').waitFor()
    expect(new URL(page.url()).searchParams.get('sort')).toBe('when')
    await page.getByRole('table', { name: 'Audit entries, oldest first' }).waitFor()
    // The first entry of an installation tells of a key.
    await until(
      async () => /^Key /.test(await textOf(page.locator('tbody tr[data-row] button').first())),
      'the oldest entry stands first',
    )
  })
})

describe('the list of users', () => {
  it('is filtered by choices that say how many they give, and ordered by the server', async () => {
    const { page } = windowOf('administrator')
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto('/users')
    await page.getByRole('combobox', { name: 'Signed in' }).click()
    const never = page.getByRole('option', { name: /^Never signed in \(\d+\)$/ })
    const said = Number(/\d+/.exec(await textOf(never))?.[0])
    expect(said).toBeGreaterThan(0)
    await never.click()
    await page.getByText(new RegExp(`^${said} users?$`)).waitFor()
    expect(new URL(page.url()).searchParams.get('seen')).toBe('never')

    await page.goto('/users')
    await page.getByRole('columnheader', { name: 'User' }).getByRole('button').click()
    await page.locator('th[aria-sort="ascending"]').waitFor()
    await settled(page)
    const names = await drawnRows(page).getByRole('link').allInnerTexts()
    expect(names).toEqual(names.toSorted(new Intl.Collator('en').compare))
    expect(new URL(page.url()).searchParams.get('sort')).toBe('user')
  })

  it('breaks no word at 1024 pixels, nor does any other list', async () => {
    for (const [role, paths] of [
      ['administrator', ['/users', '/approvals?status=all']],
      ['privacy-officer', ['/audit', '/exports', `/exports/${exportId}?tab=fields`]],
      ['clinician', ['/patients', `/patients/${patientId}?tab=results&type=Observation`]],
    ] as const) {
      const { page } = windowOf(role)
      await page.setViewportSize({ width: 1024, height: 768 })
      for (const path of paths) {
        await page.goto(path)
        await drawnRows(page).first().waitFor()
        expect([path, await brokenWords(page)]).toEqual([path, []])
        const { scrollWidth, clientWidth } = await page.evaluate(() => document.documentElement)
        expect([path, scrollWidth]).toEqual([path, clientWidth])
      }
    }
  })
})

/** What has moved on the page since it was opened, as Chromium counts it (CLS). */
const layoutShift = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const entries: PerformanceEntry[] = []
    const observer = new PerformanceObserver((list) => entries.push(...list.getEntries()))
    observer.observe({ type: 'layout-shift', buffered: true })
    for (let frame = 0; frame < 3; frame += 1)
      await new Promise((done) => requestAnimationFrame(() => done(null)))
    entries.push(...observer.takeRecords())
    return entries.reduce((sum, entry) => sum + Number(Reflect.get(entry, 'value')), 0)
  })

const PARTS = [
  'Allergies',
  'Active problems',
  'Current medication',
  'Open orders',
  'Last vital signs',
  'Last visits',
]

describe('whoever treats a patient', () => {
  const chart = async (search = '') => {
    const { page } = windowOf('clinician')
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(`/patients/${patientId}${search}`)
    await page.getByRole('tab', { name: 'Overview' }).waitFor()
    await settled(page)
    return page
  }

  it('sees first how the patient is: allergies always, and of each part something or why there is nothing', async () => {
    const page = await chart()
    expect(await page.getByRole('tab', { name: 'Overview' }).getAttribute('aria-selected')).toBe('true')
    const headings = await page.getByRole('heading', { level: 2 }).allInnerTexts()
    expect(headings.slice(0, PARTS.length)).toEqual(PARTS)
    for (const part of PARTS) {
      const text = await textOf(panelOf(page, part))
      const items = await page.getByRole('list', { name: part }).getByRole('listitem').count()
      expect(items > 0 || /None recorded: |Not imported: |No .* among \d+ record/.test(text)).toBe(true)
    }
    expect(await layoutShift(page)).toBeLessThan(0.02)
  })

  it('reads people’s words and not the wire’s, and times with their zone; what was sent is in the drawer', async () => {
    const page = await chart()
    const overview = await textOf(page.getByRole('main'))
    expect(overview).toMatch(/Birth sex(Male|Female)/)
    expect(overview).not.toMatch(/\((disorder|finding|procedure|situation)\)| Cel\b/)
    expect(overview.match(/\d{2}:\d{2}(?! to| UTC)/g) ?? []).toEqual([])
    await page.getByRole('list', { name: 'Last visits' }).getByRole('button').first().click()
    const drawer = page.getByRole('dialog', { name: /^Encounter: / })
    await drawer.getByText('As it was sent').click()
    expect(await textOf(drawer)).toContain('(procedure)')
    await page.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })
  })

  it('finds what is active before what is over, and each newest first', async () => {
    const page = await chart('?tab=problems&type=Condition')
    const rows = page.getByRole('table', { name: 'Conditions' }).getByRole('row')
    const cells = (await rows.allInnerTexts())
      .slice(1)
      .map((row) => row.split('\t').map((cell) => cell.trim()))
    const isActive = cells.map((row) => row.includes('Active'))
    expect(isActive).toEqual(isActive.toSorted((a, b) => Number(b) - Number(a)))
    for (const part of [true, false]) {
      const dates = cells
        .filter((_, at) => isActive[at] === part)
        .map(([when = '']) => Date.parse(when.slice(0, 12)))
      expect(dates).toEqual(dates.toSorted((a, b) => b - a))
    }
  })

  it('sees the trend of all values, and the same values in a table', async () => {
    const page = await chart('?tab=results&type=Observation')
    await openValues(page)
    const whole = /The whole series: (\d+) observations?/.exec(await textOf(page.getByRole('main')))?.[1]
    const values = page.getByRole('table', { name: /newest first$/ })
    expect(await values.getByRole('row').count()).toBe(Number(whole) + 1)
    const { data } = await callFrom(page, 'records.list', { patientId, type: 'Observation', limit: 1 })
    const { kinds } = (data as { summary: { kinds: { count: number }[] } }).summary
    expect(Number(whole)).toBe(kinds[0]?.count)
    expect(await page.getByText(/^[A-Z][a-z]{2} (\d{1,2}, )?\d{4}$/).count()).toBeGreaterThan(1)
    await chart('?tab=results&type=Observation')
    expect(await layoutShift(page)).toBeLessThan(0.02)
  })

  it('orders their own patients by name, and hides names where others can see the screen', async () => {
    const { page } = windowOf('clinician')
    const mine = page.getByRole('table', { name: 'Patients in your care' })
    await page.goto('/patients')
    await page.getByRole('radiogroup', { name: 'Order' }).getByText('Name', { exact: true }).click()
    await page.waitForURL(/order=name/)
    await mine.getByRole('link').first().waitFor()
    const names = await mine.getByRole('link').allInnerTexts()
    const { data } = await callFrom(page, 'patients.mine', { order: 'name' })
    const { items } = data as { items: { values: { name: { family: string }[] } }[] }
    const families = items.map(({ values }) => values.name[0]?.family ?? '')
    expect(names.map((name, at) => name.includes(families[at] ?? ' '))).toEqual(names.map(() => true))
    expect(families).toEqual(families.toSorted(new Intl.Collator('en').compare))

    await page.getByRole('button', { name: 'Hide names' }).click()
    await mine
      .getByRole('link', { name: /^Patient …/ })
      .first()
      .waitFor()
    expect(phiIn(await visibleText(page))).toEqual([])
    await page.goto(`/patients/${patientId}`)
    await page.getByRole('heading', { level: 1, name: /^Patient …/ }).waitFor()
    await settled(page)
    expect(phiIn(await visibleText(page))).toEqual([])
    expect(phiIn(await traces(page))).toEqual([])
    await page.getByRole('button', { name: 'Show names' }).click()
    await page.getByRole('heading', { level: 1, name: phi[0] ?? '' }).waitFor()
  })

  it('and whoever sends the bills is told that the clinical overview is not theirs to see', async () => {
    const { page } = windowOf('billing')
    await page.goto(`/patients/${patientId}`)
    await page.getByText('The clinical overview is not yours to see').waitFor()
    expect(await page.getByRole('heading', { name: 'Allergies' }).count()).toBe(0)
  })
})

const panelOf = (page: Page, title: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: title }) })

describe('whoever opens more than is usual', () => {
  it('is asked why, goes on, and stands on the privacy officer’s page', async () => {
    const { page, violations } = windowOf('nurse')
    const nurse = personOf('nurse')
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto('/patients')
    const rows = page.getByRole('table', { name: 'Patients in your care' }).getByRole('link')
    await rows.first().waitFor()
    const ids = await rows.evaluateAll((links) =>
      links.map((link) => new URL((link as HTMLAnchorElement).href).pathname.split('/')[2] ?? ''),
    )
    expect(ids.length).toBeGreaterThan(USUAL_PATIENTS)
    const codes: (string | null)[] = []
    for (const id of ids) codes.push((await callFrom(page, 'patients.get', { id })).code)
    expect(codes).toContain('REASON_REQUIRED')
    const refused = ids[codes.indexOf('REASON_REQUIRED')] ?? ''
    await page.goto(`/patients/${refused}`)
    const dialog = page.getByRole('dialog', { name: 'More than is usual in an hour' })
    await dialog.waitFor()
    expect(await lookAt(page, 'nurse-unusual', () => dialog.getByLabel('Reason').waitFor())).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
    await dialog.getByLabel('Reason').fill('Handover of two wards after a fire alarm')
    await dialog.getByLabel(/^Code from your authenticator app/).fill(await authenticatorOf(nurse).next())
    await dialog.getByRole('button', { name: 'Go on', exact: true }).click()
    await page.getByRole('tab', { name: 'Overview' }).waitFor()
    expect(violations).toEqual([])

    const { page: officer } = windowOf('privacy-officer')
    await officer.setViewportSize({ width: 1440, height: 900 })
    const panel = panelOf(officer, 'More than is usual in an hour, last 24 hours')
    await until(async () => {
      await officer.goto('/')
      await settled(officer)
      return (await panel.count()) === 1 && (await textOf(panel)).includes('Has said why')
    }, 'the officer is told')
    expect(await textOf(panel)).toContain(nurse.name)
    expect(await lookAt(officer, 'privacy-officer-unusual')).toEqual([])
  })
})

describe('a lockdown', () => {
  it('waits on another person’s page to be confirmed or lifted', async () => {
    const { page: administrator } = windowOf('administrator')
    const { page: officer } = windowOf('privacy-officer')
    await administrator.setViewportSize({ width: 1440, height: 900 })
    await administrator.goto('/users')
    const { name } = personOf('billing')
    await administrator.getByRole('link', { name }).click()
    await administrator.getByRole('button', { name: 'Lock down' }).click()
    const dialog = administrator.getByRole('dialog', { name: 'Lock the account down' })
    await focused(dialog.getByLabel('Reason')).waitFor()
    await dialog.getByLabel('Reason').fill('The laptop was stolen this morning')
    await dialog.getByRole('button', { name: `Lock ${name} down` }).click()
    // How long ago the administrator gave a code is the machine's matter.
    const lockedDown = administrator.getByText('Locked down. Somebody else confirms or lifts it.')
    await withStepUp(administrator, personOf('administrator'), lockedDown)
    const { page: locked } = windowOf('billing')
    expect(await callFrom(locked, 'auth.session', {})).toMatchObject({ data: { stage: 'none' } })
    await officer.setViewportSize({ width: 1440, height: 900 })
    await officer.goto('/')
    const panel = panelOf(officer, 'Needs you')
    await panel.getByText('Confirm or lift').waitFor()
    expect(await lookAt(officer, 'privacy-officer-needs-you')).toEqual([])
  })
})

describe('a session', () => {
  it('is refused to a page of another origin, even of the same site', async () => {
    const { context, page } = windowOf('administrator')
    const cookies: string[] = []
    const elsewhere = createServer((request, response) => {
      cookies.push(request.headers.cookie ?? '')
      response.setHeader('content-type', 'text/html')
      response.end('<!doctype html><title>Elsewhere</title>')
    }).listen(0, 'localhost')
    await once(elsewhere, 'listening')
    const address = elsewhere.address()
    if (address === null || typeof address === 'string') throw new Error('The other site does not listen.')
    try {
      const attacker = await context.newPage()
      await attacker.goto(`http://localhost:${address.port}/`)
      const target = `${demo.installation.url}/trpc/auth.signOut`
      const [request] = await Promise.all([
        attacker.waitForEvent('requestfailed'),
        attacker.evaluate(async (url) => {
          await fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', body: '{}' }).catch(
            () => null,
          )
        }, target),
      ])
      expect(request.url()).toBe(target)
      // What stopped it is the origin alone: within a site, whatever the port, the browser sends the
      // session's cookie along.
      expect(cookies[0]).toContain('__Host-chartward=')
      await attacker.close()
    } finally {
      elsewhere.close()
    }
    expect(await callFrom(page, 'auth.session', {})).toMatchObject({ data: { stage: 'full' } })
    const { page: officer } = windowOf('privacy-officer')
    expect(await callFrom(officer, 'audit.search', { action: 'request.refused' })).toMatchObject({
      data: { items: [{ outcome: 'refused', reason: 'The request comes from another site.' }] },
    })
  })

  it('leaves nothing behind when it is signed out of', async () => {
    const { context, page } = windowOf('clinician')
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(`/patients/${patientId}`)
    await page.getByRole('heading', { level: 1, name: phi[0] ?? '' }).waitFor()
    expect(phiIn(await visibleText(page))).not.toEqual([])
    const seenHead = `5 ${'A'.repeat(43)}=`
    await page.evaluate(
      ([seen = '', name = '']) => {
        localStorage.setItem('chartward-seen-head', seen)
        for (const storage of [localStorage, sessionStorage]) storage.setItem('left-over', name)
      },
      [seenHead, phi[0] ?? ''],
    )
    expect(phiIn(await traces(page))).not.toEqual([])
    const [response] = await Promise.all([
      page.waitForResponse((one) => one.url().includes('auth.signOut')),
      signOut(page),
    ])
    expect(await response.headerValue('clear-site-data')).toBe('"cache"')
    expect((await context.cookies()).filter(({ name }) => name === '__Host-chartward')).toEqual([])
    await page.goBack()
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    expect(phiIn(await visibleText(page))).toEqual([])
    expect(phiIn(await traces(page))).toEqual([])
    const left = await page.evaluate(() => {
      const kept = (storage: Storage): Record<string, string> => ({ ...storage })
      return { local: kept(localStorage), session: kept(sessionStorage) }
    })
    // The pages that come after keep where each was scrolled to, under random keys.
    const { [SCROLLED]: scrolled = '{}', ...session } = left.session
    expect([left.local, session]).toEqual([{ 'chartward-seen-head': seenHead }, {}])
    const places = Object.entries(JSON.parse(scrolled) as Record<string, Record<string, object>>)
    for (const [key, of] of places) {
      expect(key).toMatch(/^[a-z0-9]+$/)
      for (const [element, position] of Object.entries(of)) {
        expect(element).toMatch(/^(window|[a-z0-9:()> -]+)$/)
        expect(position).toEqual({ scrollX: expect.any(Number), scrollY: expect.any(Number) })
      }
    }
    expect(await callFrom(page, 'patients.get', { id: patientId })).toMatchObject({ code: 'UNAUTHENTICATED' })
  })
})

// Last: whoever is refused for want of a session is counted with all others of the address for a minute.
describe('a form', () => {
  it('that is empty says at each field what is missing, in the page’s own words, and so does one that the server refuses', async () => {
    const { page, violations } = windowOf('administrator')
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto('/users')
    await page.getByRole('button', { name: 'Invite a user' }).click()
    const dialog = page.getByRole('dialog', { name: 'Invite a user' })
    const [name, email] = [dialog.getByLabel('Name', { exact: true }), dialog.getByLabel('Work e-mail')]
    const send = dialog.getByRole('button', { name: 'Invite', exact: true })
    await focused(name).waitFor()
    await send.click()
    await focused(name).waitFor()
    for (const field of [name, email]) expect(await saidAt(field)).toBe('This can’t be left empty.')
    // No bubble of the browser's: the form has it switched off.
    expect(await dialog.locator('form').evaluate((form: HTMLFormElement) => form.noValidate)).toBe(true)
    expect(await lookAt(page, 'administrator-invite-empty')).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })

    await name.fill('Oda Fairweather')
    await email.fill('auditor@demo')
    await email.press('Tab')
    expect(await saidAt(name)).toBeNull()
    await email.fill('auditor@demo.example')
    await send.click()
    const taken = dialog.getByText('There is a user with this address already.')
    await withStepUp(page, personOf('administrator'), taken)
    await focused(email).waitFor()
    expect(await saidAt(email)).toBe('There is a user with this address already.')
    expect(await dialog.getByRole('alert').count()).toBe(0)
    await email.press('End')
    await email.pressSequentially('x')
    expect(await saidAt(email)).toBeNull()
    expect(violations).toEqual([])
  })

  it('that is half filled asks before it closes, by whatever way; untouched it closes at once', async () => {
    const { page } = windowOf('administrator')
    await page.goto('/users')
    const open = page.getByRole('button', { name: 'Invite a user' })
    const dialog = page.getByRole('dialog', { name: 'Invite a user' })
    const name = dialog.getByLabel('Name', { exact: true })
    await open.click()
    await focused(name).waitFor()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await focused(open).waitFor()

    await open.click()
    await name.fill('Half a name')
    const question = page.getByRole('dialog', { name: 'Discard what you typed?' })
    const keep = question.getByRole('button', { name: 'Keep typing' })
    for (const close of [
      () => page.keyboard.press('Escape'),
      () => dialog.getByRole('button', { name: 'Cancel' }).click(),
      () => dialog.getByRole('button', { name: 'Close' }).click(),
      () => page.mouse.click(5, 400),
    ]) {
      await close()
      await focused(keep).waitFor()
      await page.keyboard.press('Escape')
      await question.waitFor({ state: 'detached' })
      expect(await name.inputValue()).toBe('Half a name')
    }
    await page.keyboard.press('Escape')
    await question.waitFor()
    expect(await lookAt(page, 'administrator-discard')).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
    await question.getByRole('button', { name: 'Discard' }).click()
    await dialog.waitFor({ state: 'detached' })
    await open.click()
    await focused(name).waitFor()
    expect(await name.inputValue()).toBe('')
    await page.keyboard.press('Escape')
  })

  it('keeps what was typed for the person whose session has ended, unseen, and for nobody else', async () => {
    const { context, page, violations } = await openWindow(demo.browser, demo.installation.url)
    const [analyst, nurse] = [personOf('analyst'), personOf('nurse')]
    // One person has one session: signing in beside another one is a step more.
    for (const role of ['analyst', 'nurse'] as const) await callFrom(windowOf(role).page, 'auth.signOut', {})
    await signIn(page, analyst)
    await page.goto('/exports')
    await page.getByRole('link', { name: /^Yearly report/ }).waitFor()
    await page.getByRole('button', { name: 'Request an export' }).click()
    const dialog = page.getByRole('dialog', { name: 'Request a de-identified export' })
    const purpose = dialog.getByLabel('What is it for?')
    const typed = 'Falls on the wards in winter'
    await purpose.fill(typed)
    const ended = page.getByRole('heading', { name: 'Your session has ended' })
    const endSession = async (): Promise<void> => {
      const other = await context.newPage()
      await other.goto('/account')
      await callFrom(other, 'auth.signOut', {})
      await other.close()
      await dialog.getByRole('button', { name: 'Send the request' }).click()
      await ended.waitFor()
    }

    await endSession()
    await focused(page.getByRole('link', { name: 'Sign in again in a new tab' })).waitFor()
    await page.keyboard.press('Escape')
    expect(await visibleText(page)).not.toMatch(/Yearly report|Falls on the wards/)
    expect(await dialog.count()).toBe(0)
    expect(await traces(page)).not.toContain(typed)
    expect(await lookAt(page, 'anyone-session-ended', () => ended.waitFor())).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
    const [tab] = await Promise.all([
      context.waitForEvent('page'),
      page.getByRole('link', { name: 'Sign in again in a new tab' }).click(),
    ])
    await signIn(tab, analyst)
    await ended.waitFor({ state: 'detached' })
    await dialog.waitFor()
    expect(await purpose.inputValue()).toBe(typed)
    expect(await page.getByRole('dialog', { name: 'Discard what you typed?' }).count()).toBe(0)

    await endSession()
    await signIn(tab, nurse)
    await page.getByRole('heading', { name: /^Good to see you/ }).waitFor()
    expect(await page.content()).not.toContain(typed)
    expect(new URL(page.url()).pathname).toBe('/')
    expect(violations).toEqual([])
    await context.close()
  })

  it('for days offers the ranges that are asked for most, and says where one ends before it begins', async () => {
    const { page } = windowOf('privacy-officer')
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto('/audit')
    const days = page.getByRole('combobox', { name: 'Days' })
    await days.click()
    await page.getByRole('option', { name: 'Last 7 days' }).click()
    await page.waitForURL(/from=/)
    const query = new URL(page.url()).searchParams
    const [from, to] = [query.get('from') ?? '', query.get('to') ?? '']
    expect(Date.parse(to) - Date.parse(from)).toBe(6 * 86_400_000)
    expect(await page.getByLabel('From day').inputValue()).toBe(from)
    expect(await days.inputValue()).toBe('Last 7 days')
    await page.getByLabel('To day').fill('2020-01-01')
    await page.getByText('Ends before it begins').waitFor()
    expect(new URL(page.url()).searchParams.get('to')).toBe(to)
    await page.getByLabel('From day').fill('2020-01-01')
    await page.waitForURL(/from=2020-01-01&to=2020-01-01/)
  })
})
