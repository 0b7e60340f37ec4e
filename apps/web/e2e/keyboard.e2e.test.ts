import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { callFrom } from './harness/api.ts'
import type { BrowserWindow } from './harness/browser.ts'
import { type Demo, openDemo } from './harness/demo.ts'
import { lookAt, settled } from './harness/look.ts'
import { authenticatorOf, home, type Person, signIn, signOut, withStepUp } from './harness/sign-in.ts'
import { textOf } from './harness/text.ts'
import { until } from './harness/until.ts'

/* The console without a pointer: the palette, single keys, where the focus goes, and what Back does. */

const ROLES = ['administrator', 'privacy-officer', 'clinician', 'nurse', 'billing', 'analyst'] as const
type Role = (typeof ROLES)[number]

let demo: Demo<Role>

const personOf = (role: Role): Person => demo.personOf(role)

const windowOf = (role: Role): BrowserWindow => demo.windowOf(role)

const idIn = (data: unknown): string => {
  const id: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'id') : undefined
  if (typeof id !== 'string') throw new Error('The answer has no id.')
  return id
}

/** Two people to decide on, and an export to. */
const furnish = async (): Promise<void> => {
  const { page: administrator } = windowOf('administrator')
  for (const name of ['Oda Fairweather', 'Per Holmqvist']) {
    const email = `${name.split(' ')[0]?.toLowerCase()}@demo.example`
    const invited = await callFrom(administrator, 'users.invite', { email, displayName: name })
    const request = { userId: idIn(invited.data), role: 'auditor', reason: 'Reads the log for the audit' }
    expect(await callFrom(administrator, 'users.assignRole', request)).toMatchObject({ code: null })
  }
}

beforeAll(async () => {
  demo = await openDemo(ROLES, { patients: 60 })
  await furnish()
})

afterAll(async () => {
  await demo?.close()
})

afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  await demo?.picture('failed-keyboard')
})

/** What has the focus, in words; waits until something of the page has it. */
const focused = async (page: Page): Promise<string> => {
  await page.waitForFunction(
    () => document.activeElement !== null && document.activeElement !== document.body,
  )
  return page.evaluate(() => {
    const element = document.activeElement
    return `${element?.localName} ${element?.getAttribute('aria-label') ?? element?.textContent ?? ''}`.trim()
  })
}

const isFocused = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => element === document.activeElement)

/** Waits until the element has the focus. */
const hasFocus = async (locator: Locator): Promise<void> => {
  await locator.waitFor()
  await until(() => isFocused(locator), `${locator} has the focus`)
}

/** Presses Tab until the element has the focus. */
const tabTo = async (page: Page, locator: Locator): Promise<void> => {
  await locator.waitFor()
  for (let presses = 0; presses < 60; presses++) {
    if (await isFocused(locator)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not get there; the focus is on ${await focused(page)}.`)
}

const FIELD = 'Search pages, actions, users and patients'

const openPalette = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+k')
  await hasFocus(page.getByRole('combobox', { name: FIELD }))
}

/** By the palette: types, waits until the first that is offered is what is wanted, and takes it. */
const byPalette = async (page: Page, typed: string, label: string): Promise<void> => {
  await openPalette(page)
  await page.keyboard.type(typed)
  await page.getByRole('option', { name: label, selected: true }).waitFor()
  await page.keyboard.press('Enter')
}

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })

describe('the palette', () => {
  it('is accessible in both schemes, wide and narrow, and keeps the content policy', async () => {
    const { page, violations } = windowOf('administrator')
    await openPalette(page)
    await page.keyboard.type('u')
    const field = page.getByRole('combobox', { name: FIELD })
    expect(await lookAt(page, 'administrator-palette', () => field.waitFor())).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.keyboard.press('Escape')
    await field.waitFor({ state: 'detached' })
    await focused(page)
    expect(violations).toEqual([])
  })

  it('opens by its button, and finds users by name, for whoever may list them', async () => {
    const { page } = windowOf('administrator')
    await page.getByRole('button', { name: /^Search… / }).click()
    const field = page.getByRole('combobox', { name: FIELD })
    await field.fill(personOf('nurse').name.slice(0, 4))
    await page.getByRole('option', { name: personOf('nurse').name }).click()
    await heading(page, personOf('nurse').name).waitFor()
    await hasFocus(heading(page, personOf('nurse').name))
  })

  it('offers nothing that the role may not', async () => {
    const { page } = windowOf('analyst')
    await openPalette(page)
    const offered = await page.getByRole('option').allInnerTexts()
    expect(offered.map((text) => text.split('\n')[0])).toEqual([
      'Overview',
      'Exports',
      'Long work',
      'My account',
      'Request an export',
      'Keyboard shortcuts',
      expect.stringMatching(/^Use the (dark|light) colours$/),
      'Sign out',
    ])
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.keyboard.type('quist')
    await page.getByText('Nothing found').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('g')
    await page.keyboard.press('e')
    await heading(page, 'De-identified exports').waitFor()
    expect(asked.filter((url) => /users\.list|patients\.search/.test(url))).toEqual([])
  })
})

describe('a clinician without a pointer', () => {
  it('finds a patient, reads along the tabs, opens a record, and comes back to where they were', async () => {
    const { page, addresses, violations } = windowOf('clinician')
    await page.keyboard.press('g')
    await page.keyboard.press('p')
    await hasFocus(heading(page, 'Patients'))
    const mine = page.getByRole('table', { name: 'Patients in your care' })
    const name = await textOf(mine.getByRole('link').first())
    const family = name.split(' ').at(-1) ?? name
    await page.getByLabel('Patient name').waitFor()
    await page.keyboard.press('/')
    await hasFocus(page.getByLabel('Patient name'))
    // What is typed in a field is text, whatever it begins with.
    await page.keyboard.type('g u ?')
    expect(await page.getByLabel('Patient name').inputValue()).toBe('g u ?')
    await page.getByLabel('Patient name').fill(family)
    await page.keyboard.press('Enter')
    const hit = page.getByRole('table', { name: 'Patients found' }).getByRole('link', { name }).first()
    await tabTo(page, hit)
    await page.keyboard.press('Enter')
    await hasFocus(heading(page, name))

    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await tabTo(page, page.getByRole('tab', { name: 'Overview' }))
    for (let tabs = 0; tabs < 3; tabs++) await page.keyboard.press('ArrowRight')
    expect(await focused(page)).toMatch(/^button \S/)
    expect(new URL(page.url()).search).toBe('')
    expect(asked.filter((url) => url.includes('records.list'))).toEqual([])
    await page.getByRole('tab', { name: /^Results/ }).focus()
    await page.keyboard.press('Enter')
    const first = page.getByRole('row').nth(1).getByRole('button')
    await tabTo(page, first)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await hasFocus(first)
    expect(page.url()).not.toContain('record=')

    // The drawer was one step, which was gone back from: before it comes the chart, and before that the hits.
    await page.goBack()
    await page.getByRole('tab', { name: 'Overview', selected: true }).waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.goBack()
    await heading(page, 'Patients').waitFor()
    expect(await page.getByLabel('Patient name').inputValue()).toBe(family)
    await page.getByRole('table', { name: 'Patients found' }).getByRole('link', { name }).first().waitFor()
    await focused(page)

    // Elsewhere it is forgotten.
    await page.getByRole('heading', { level: 1 }).focus()
    await page.keyboard.press('g')
    await page.keyboard.press('o')
    await home(page).waitFor()
    await page.goBack()
    await heading(page, 'Patients').waitFor()
    expect(await page.getByLabel('Patient name').inputValue()).toBe('')
    const stray = addresses.map((url) => decodeURIComponent(url).toLowerCase())
    expect(stray.filter((url) => !url.includes('/assets/') && url.includes(family.toLowerCase()))).toEqual([])
    expect(violations).toEqual([])
  })

  it('searches patients from the palette when it is chosen, and not while typing', async () => {
    const { page } = windowOf('clinician')
    const mine = page.getByRole('table', { name: 'Patients in your care' })
    const name = await textOf(mine.getByRole('link').first())
    const family = name.split(' ').at(-1) ?? name
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    const searches = () => asked.filter((url) => url.includes('patients.search')).length
    await openPalette(page)
    await page.keyboard.type(family)
    await page.getByRole('option', { name: `Search patients for “${family}”`, selected: true }).waitFor()
    expect(searches()).toBe(0)
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name }).first().waitFor()
    expect(searches()).toBe(1)
    const traces = await page.evaluate(() =>
      JSON.stringify([
        document.title,
        location.href,
        history.state,
        { ...localStorage },
        { ...sessionStorage },
      ]),
    )
    expect(traces.toLowerCase()).not.toContain(family.toLowerCase())
    await page.getByRole('option', { name }).first().click()
    await hasFocus(heading(page, name))
  })

  it('is brought back to where a list was scrolled to', async () => {
    const { page } = windowOf('clinician')
    await page.setViewportSize({ width: 1440, height: 500 })
    await page.goto('/patients')
    const mine = page.getByRole('table', { name: 'Patients in your care' })
    const last = mine.getByRole('link').last()
    await last.scrollIntoViewIfNeeded()
    const place = await page.evaluate(() => window.scrollY)
    expect(place).toBeGreaterThan(100)
    await last.click()
    await page.getByRole('tab', { name: 'Overview' }).waitFor()
    await page.goBack()
    await last.waitFor()
    await page.waitForFunction((wanted) => Math.abs(window.scrollY - wanted) < 5, place)
    await page.setViewportSize({ width: 1440, height: 900 })
  })
})

describe('a privacy officer without a pointer', () => {
  it('decides on what waits, and the focus goes on to the next and never to nothing', async () => {
    const { page, violations } = windowOf('privacy-officer')
    const officer = personOf('privacy-officer')
    await page.goto('/')
    await page.getByText('Role Auditor, for').first().waitFor()
    await page.getByRole('link', { name: 'Approvals 2 things need you' }).waitFor()
    await byPalette(page, 'appr', 'Approvals')
    await hasFocus(heading(page, 'Approvals'))
    const reject = page.getByRole('button', { name: /^Reject: Role Auditor/ })
    await tabTo(page, reject.first())
    const rejectOne = async () => {
      await page.keyboard.press('Enter')
      const dialog = page.getByRole('dialog', { name: 'Reject' })
      await tabTo(page, dialog.getByLabel('Reason'))
      await page.keyboard.type('They read the log elsewhere')
      await tabTo(page, dialog.getByRole('button', { name: 'Reject', exact: true }))
      await page.keyboard.press('Enter')
      await withStepUp(page, officer, page.getByText('Rejected.').last())
      await dialog.waitFor({ state: 'detached' })
    }
    await rejectOne()
    // The one that is left has taken the place of the one that is gone.
    await until(async () => (await reject.count()) === 1, 'one is left')
    await hasFocus(reject)
    await rejectOne()
    await page.getByText('Nothing waits for you').waitFor()
    await hasFocus(heading(page, 'Approvals'))
    await page.getByRole('link', { name: 'Approvals', exact: true }).waitFor()
    expect(violations).toEqual([])
  })

  it('closes a drawer that was opened by a link without leaving the page, and Back leaves it', async () => {
    const { page } = windowOf('privacy-officer')
    await page.goto('/account')
    await heading(page, 'My account').waitFor()
    await byPalette(page, 'verify', 'Verify the log')
    await page.getByRole('dialog', { name: 'The log as a whole' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await focused(page)
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/audit')
    await page.goBack()
    await heading(page, 'My account').waitFor()
  })
})

describe('a billing clerk without a pointer', () => {
  it('opens a claim of a patient whose number they have', async () => {
    const { page: clinician } = windowOf('clinician')
    const { data } = await callFrom(clinician, 'patients.mine', {})
    const mrn = /"mrn":\[.*?"value":"(\d+)"/.exec(JSON.stringify(data))?.[1] ?? ''
    expect(mrn).not.toBe('')
    const { page } = windowOf('billing')
    await page.getByRole('heading', { level: 1 }).focus()
    await page.keyboard.press('g')
    await page.keyboard.press('p')
    await hasFocus(heading(page, 'Patients'))
    await page.getByLabel('Medical record number').waitFor()
    await page.keyboard.press('/')
    await hasFocus(page.getByLabel('Medical record number'))
    await page.keyboard.type(mrn)
    await page.keyboard.press('Enter')
    await tabTo(page, page.getByRole('table', { name: 'Patients found' }).getByRole('link').first())
    await page.keyboard.press('Enter')
    await page.getByRole('tab', { name: /^Billing/ }).waitFor()
    await focused(page)
    await tabTo(page, page.getByRole('tab', { name: 'Overview' }))
    await page.keyboard.press('ArrowRight')
    await hasFocus(page.getByRole('tab', { name: /^Billing/ }))
    await page.keyboard.press('Enter')
    await tabTo(page, page.getByRole('link', { name: /^Claims / }))
    await page.keyboard.press('Enter')
    const first = page.getByRole('table', { name: 'Claims' }).getByRole('row').nth(1).getByRole('button')
    await tabTo(page, first)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'Claim' }).waitFor()
    await page.keyboard.press('Escape')
    await hasFocus(first)
  })
})

describe('a nurse without a pointer', () => {
  it('opens the chart of a patient in their care', async () => {
    const { page } = windowOf('nurse')
    await byPalette(page, 'pat', 'Patients')
    await hasFocus(heading(page, 'Patients'))
    const first = page.getByRole('table', { name: 'Patients in your care' }).getByRole('link').first()
    await tabTo(page, first)
    const name = await textOf(first)
    await page.keyboard.press('Enter')
    await hasFocus(heading(page, name))
    await page.goBack()
    await heading(page, 'Patients').waitFor()
    await focused(page)
    await page.goto('/')
    await home(page).waitFor()
  })
})

describe('whoever goes by a pointer', () => {
  it('has the focus on the line that they pressed on when its drawer closes', async () => {
    const { page } = windowOf('privacy-officer')
    await page.goto('/audit')
    await settled(page)
    const line = page.getByRole('table', { name: 'Audit entries, newest first' }).getByRole('row').nth(4)
    await line.getByRole('cell').last().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Close the entry' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await hasFocus(line.getByRole('button').first())
  })

  it('is on the heading of the page that they chose in the navigation of a phone', async () => {
    const { page } = windowOf('privacy-officer')
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('button', { name: 'Open the navigation' }).click()
    await page.getByRole('dialog').getByRole('link', { name: 'Users' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await hasFocus(heading(page, 'Users'))
    await page.setViewportSize({ width: 1440, height: 900 })
  })
})

describe('an administrator without a pointer', () => {
  it('opens an invitation from the palette, and deactivates an account', async () => {
    const { page } = windowOf('administrator')
    await byPalette(page, 'invite', 'Invite a user')
    await page.getByRole('dialog', { name: 'Invite a user' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await focused(page)
    expect(page.url()).not.toContain('invite')
    await tabTo(page, page.getByRole('link', { name: 'Oda Fairweather' }))
    await page.keyboard.press('Enter')
    await hasFocus(heading(page, 'Oda Fairweather'))
    await tabTo(page, page.getByRole('button', { name: 'Deactivate' }))
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Deactivate the account' })
    await tabTo(page, dialog.getByLabel('Reason'))
    await page.keyboard.type('Has left the house')
    await tabTo(page, dialog.getByRole('button', { name: 'Deactivate Oda Fairweather' }))
    await page.keyboard.press('Enter')
    await withStepUp(page, personOf('administrator'), page.getByRole('button', { name: 'Reactivate' }))
    await dialog.waitFor({ state: 'detached' })
    expect(await focused(page)).not.toBe('')
  })
})

describe('an analyst without a pointer', () => {
  it('asks for an export, and Back does not open the form again', async () => {
    const { page } = windowOf('analyst')
    await byPalette(page, 'request', 'Request an export')
    const dialog = page.getByRole('dialog', { name: 'Request a de-identified export' })
    await tabTo(page, dialog.getByRole('textbox').first())
    await page.keyboard.type('Yearly report on chronic disease')
    await tabTo(page, dialog.getByRole('button', { name: 'Send the request' }))
    await page.keyboard.press('Enter')
    await hasFocus(heading(page, 'Yearly report on chronic disease'))
    await page.goBack()
    await heading(page, /./).waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    await focused(page)
  })
})

describe('the list of shortcuts', () => {
  it('is accessible, and what it says of going to places is so', async () => {
    const { page } = windowOf('nurse')
    await page.getByRole('heading', { level: 1 }).focus()
    await page.keyboard.press('?')
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await list.waitFor()
    expect(await lookAt(page, 'nurse-shortcuts', () => list.waitFor())).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
    const rows = await list.locator('dl > div').allInnerTexts()
    const goTo = rows.flatMap((row) => {
      const [label = '', ...keys] = row.split(/\n+/).map((part) => part.trim())
      return keys[0] === 'g' && keys[1] !== undefined ? [{ label, letter: keys[1] }] : []
    })
    expect(goTo.map(({ label }) => label)).toEqual(['Overview', 'Patients', 'My account'])
    // In a dialog single keys do nothing.
    await page.keyboard.press('g')
    await page.keyboard.press('m')
    await list.waitFor()
    await page.keyboard.press('Escape')
    await list.waitFor({ state: 'detached' })
    await focused(page)
    for (const { label, letter } of goTo) {
      await page.keyboard.press('g')
      await page.keyboard.press(letter)
      await heading(page, label === 'Overview' ? /^Good to see you/ : label).waitFor()
    }
  })

  it('says so where single keys are switched off, and they are, while Ctrl-K is not', async () => {
    const { page } = windowOf('nurse')
    await page.getByLabel('Shortcuts of single keys').uncheck()
    await page.keyboard.press('g')
    await page.keyboard.press('p')
    await page.keyboard.press('?')
    await byPalette(page, 'keyboard', 'Keyboard shortcuts')
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
    await list.getByText('Shortcuts of single keys are switched off in this browser.').waitFor()
    expect(await list.locator('kbd').allInnerTexts()).toEqual(['Ctrl', 'K'])
    await page.keyboard.press('Escape')
    await heading(page, 'My account').waitFor()
  })
})

describe('two tabs of one browser', () => {
  it('are told at once when the session ends in one, and hide what they show', async () => {
    const { context, page } = windowOf('nurse')
    const other = await context.newPage()
    await other.goto('/patients')
    await other.getByRole('table', { name: 'Patients in your care' }).getByRole('link').first().waitFor()
    await page.evaluate(() => localStorage.setItem('chartward-single-keys', 'off'))
    await signOut(page)
    await other.getByText('You signed out in another tab.').waitFor()
    expect(new URL(other.url()).searchParams.get('next')).toBe('/patients')
    // Who went without single keys still does.
    expect(await page.evaluate(() => ({ ...localStorage }))).toEqual({ 'chartward-single-keys': 'off' })
  })

  it('start over when somebody else signs in', async () => {
    const { context, page } = windowOf('nurse')
    await signIn(page, personOf('nurse'))
    const other = await context.newPage()
    await other.goto('/patients')
    await other.getByRole('table', { name: 'Patients in your care' }).getByRole('link').first().waitFor()
    const analyst = personOf('analyst')
    await signOut(windowOf('analyst').page)
    const code = await authenticatorOf(analyst).next()
    // By the address bar, so to speak: neither tab has been told that the nurse's session is over.
    const { email, password } = analyst
    expect(await callFrom(page, 'auth.signIn', { email, password })).toMatchObject({ code: null })
    expect(await callFrom(page, 'auth.verifyTotp', { code })).toMatchObject({ code: null })
    await page.goto('/')
    await home(other).waitFor()
    await other.getByRole('button', { name: new RegExp(`^${analyst.name}`) }).waitFor()
    expect(new URL(other.url()).pathname).toBe('/')
  })
})
