import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { callFrom } from './harness/api.ts'
import { takePicture } from './harness/browser.ts'
import { type Demo, openDemo } from './harness/demo.ts'
import { lookAt, settled } from './harness/look.ts'
import { textOf } from './harness/text.ts'
import { until } from './harness/until.ts'

/* The billing clerk’s main job, in a real browser: from a number, a payer or a month to a claim and on. */

const ROLES = ['billing', 'clinician'] as const

interface Found {
  readonly items: readonly {
    readonly patient: { readonly values: { readonly mrn: readonly { readonly value: string }[] } }
    readonly claim: {
      readonly id: string
      readonly type: string
      readonly payer: string
      readonly values: {
        readonly identifier: readonly { readonly value: string }[]
        readonly billablePeriod: { readonly start: string }
      }
    }
    readonly answers: readonly unknown[]
  }[]
  readonly matching: number
}

let demo: Demo<(typeof ROLES)[number]>
let page: Page
/** A claim with an answer, of a month with others. */
let wanted: { number: string; payer: string; month: string; mrn: string }

const search = async (input: object): Promise<Found> => {
  const { data } = await callFrom(page, 'claims.search', input)
  return data as Found
}

beforeAll(async () => {
  demo = await openDemo(ROLES, { patients: 30 })
  page = demo.windowOf('billing').page
  const { items } = await search({ payer: 'Medicare' })
  const one = items.find(({ claim, answers }) => claim.type === 'Claim' && answers.length > 0)
  if (one === undefined) throw new Error('The demo has no claim with an answer.')
  const { claim, patient } = one
  wanted = {
    number: claim.values.identifier[0]?.value ?? '',
    payer: claim.payer,
    month: claim.values.billablePeriod.start.slice(0, 7),
    mrn: patient.values.mrn[0]?.value ?? '',
  }
  expect(Object.values(wanted).every((value) => value.length > 3)).toBe(true)
})
afterAll(() => demo?.close())
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await demo?.picture('failed-claims')
})

const hits = (): Locator => page.getByRole('table', { name: 'Claims found' })
const rows = (): Locator => hits().locator('tbody').getByRole('row')
const fields = {
  number: () => page.getByLabel('Claim number', { exact: true }),
  payer: () => page.getByLabel('Payer', { exact: true }),
  month: () => page.getByLabel('Month of service'),
  mrn: () => page.getByLabel('MRN', { exact: true }),
}
const find = () => page.getByRole('button', { name: 'Find claims' }).click()

beforeEach(async () => {
  await page.goto('/claims')
  await settled(page)
})

/** Everything that outlives a page or is seen beside it. */
const traces = (): Promise<string> =>
  page.evaluate(() =>
    JSON.stringify([
      document.title,
      location.href,
      history.state,
      { ...localStorage },
      { ...sessionStorage },
    ]),
  )

const isTyped = (text: string): string[] => Object.values(wanted).filter((value) => text.includes(value))

describe('the billing clerk', () => {
  it('comes to the search from the landing page, where it stands before all but what needs them', async () => {
    await page.goto('/')
    await settled(page)
    const panels = page.getByRole('main').getByRole('heading', { level: 2 })
    expect((await panels.allInnerTexts()).slice(0, 2)).toEqual(['Needs you', 'Claims'])
    await page.getByRole('link', { name: 'Find a claim' }).click()
    await page.getByRole('heading', { level: 1, name: 'Claims' }).waitFor()
    expect(await page.getByRole('navigation').getByRole('link', { name: 'Claims' }).count()).toBeGreaterThan(
      0,
    )
  })

  it('is told what a search needs before anything is asked of the server', async () => {
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.getByLabel('Total from').fill('100')
    await find()
    await page.getByText('A search needs a claim number, a payer, a month of service or an MRN.').waitFor()
    await until(
      () => fields.number().evaluate((field) => field === document.activeElement),
      'the focus is there',
    )
    expect(asked.filter((url) => url.includes('claims.search'))).toEqual([])
    await fields.number().fill(wanted.number)
    await page.getByLabel('Total from').fill('a hundred')
    await find()
    await page.getByText('Type an amount such as 125 or 125.50.').waitFor()
  })

  it('sees rows that differ: number, patient, payer, days, what for, total, state and what was paid', async () => {
    await fields.payer().fill(wanted.payer.toUpperCase())
    await find()
    await rows().first().getByRole('button').waitFor()
    const texts = await rows().evaluateAll((all) => all.map((row) => (row as HTMLElement).innerText))
    expect(texts.length).toBeGreaterThan(4)
    expect(new Set(texts).size).toBe(texts.length)
    const heads = (await hits().getByRole('columnheader').allInnerTexts()).map((text) => text.trim())
    expect(heads).toEqual(
      expect.arrayContaining([
        'Claim number',
        'Patient',
        'Payer',
        'Service',
        'What for',
        'Total',
        'State',
        'Paid',
      ]),
    )
    expect(texts.filter((text) => /\$[\d,]+\.\d\d/.test(text)).length).toBe(texts.length)
    // Of the patients the initials alone.
    expect(texts.filter((text) => /(?:^|\s)\p{Lu}\. \p{Lu}\./u.test(text)).length).toBe(texts.length)
    expect(await textOf(page.getByRole('main'))).toContain(
      `${(await search({ payer: wanted.payer })).matching} results`,
    )
  })

  it('narrows by month, MRN and state, and leaves nothing of it in the address or in a storage', async () => {
    const { addresses } = demo.windowOf('billing')
    await fields.month().fill(wanted.month)
    await fields.mrn().fill(wanted.mrn)
    await page.getByRole('combobox', { name: 'State' }).click()
    await page.getByRole('option', { name: 'Active' }).click()
    await find()
    await hits().getByRole('button', { name: wanted.number }).waitFor()
    const { matching } = await search({ month: wanted.month, mrn: wanted.mrn, status: 'active' })
    expect(await rows().count()).toBe(matching)
    expect(isTyped(await traces())).toEqual([])
    expect(addresses.filter((address) => isTyped(decodeURIComponent(address)).length > 0)).toEqual([])
  })

  it('opens a claim, goes on to coverage and to the payer’s answer, and is told what is not theirs to see', async () => {
    await fields.number().fill(` ${wanted.number} `)
    await find()
    await hits().getByRole('button', { name: wanted.number }).click()
    const drawer = page.getByRole('dialog', { name: /^Claim/ })
    const links = drawer.getByRole('region', { name: 'Goes with it' })
    await links.getByRole('button', { name: 'Open the coverage' }).waitFor()
    const said = await textOf(links)
    // Diagnoses are clinical: a clerk sees none, and not whether there is one.
    if (said.includes('Diagnosis')) expect(said).toContain('Not yours to see')
    expect(said).toContain('Payer’s answer')
    await links.getByRole('button', { name: 'Open the coverage' }).click()
    const coverage = page.getByRole('dialog', { name: /^Coverage/ })
    await coverage.getByText(wanted.payer).first().waitFor()
    await coverage.getByRole('button', { name: 'Back to the record before' }).click()
    await links.getByRole('button', { name: 'Open the explanation of benefit' }).click()
    const answer = page.getByRole('dialog', { name: /^Explanation of benefit/ })
    await answer
      .getByRole('region', { name: 'Goes with it' })
      .getByRole('button', { name: 'Open the claim' })
      .waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await hits().getByRole('button', { name: wanted.number }).waitFor()
    expect(new URL(page.url()).search).toBe('')
  })

  it('comes back from a chart to the search and its hits, and to nothing after leaving both', async () => {
    await fields.number().fill(wanted.number)
    await find()
    await rows().first().getByRole('link').click()
    await page.getByRole('tab', { name: 'Overview' }).waitFor()
    await page.goBack()
    await hits().getByRole('button', { name: wanted.number }).waitFor()
    expect(await fields.number().inputValue()).toBe(wanted.number)
    await page.getByRole('navigation').getByRole('link', { name: 'Overview' }).first().click()
    await page.getByRole('heading', { level: 1, name: /^Good to see you/ }).waitFor()
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: 'Claims' }).waitFor()
    expect(await fields.number().inputValue()).toBe('')
    expect(await hits().count()).toBe(0)
  })

  it('does it all without a pointer', async () => {
    await page.getByRole('heading', { level: 1 }).focus()
    await page.keyboard.press('g')
    await page.keyboard.press('c')
    await page.keyboard.press('/')
    await until(
      () => fields.number().evaluate((field) => field === document.activeElement),
      'the number is typed',
    )
    await page.keyboard.type(wanted.number)
    await page.keyboard.press('Enter')
    const row = hits().getByRole('button', { name: wanted.number })
    await row.waitFor()
    for (let i = 0; i < 60; i += 1) {
      if (await row.evaluate((button) => button === document.activeElement)) break
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: /^Claim/ }).waitFor()
    await page.keyboard.press('Escape')
    await until(
      () => row.evaluate((button) => button === document.activeElement),
      'the focus is on the row again',
    )
  })

  it('finds it as it is to be looked at: wide and narrow, light and dark', async () => {
    await fields.payer().fill(wanted.payer)
    await find()
    await rows().first().getByRole('button').waitFor()
    const found = await lookAt(page, 'claims')
    await page.setViewportSize({ width: 390, height: 844 })
    await rows().first().scrollIntoViewIfNeeded()
    await takePicture(page, 'claims-cards')
    await page.setViewportSize({ width: 1024, height: 800 })
    await settled(page)
    await takePicture(page, 'claims-1024')
    expect(found).toEqual([])
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)
    expect(sideways).toBe(false)
    await hits().getByRole('button').filter({ hasText: /\d/ }).first().click()
    await page.getByRole('region', { name: 'Goes with it' }).getByRole('list').waitFor()
    expect(await lookAt(page, 'claims-record')).toEqual([])
    await page.setViewportSize({ width: 1440, height: 900 })
  })
})

describe('a clinician', () => {
  it('has no such page, and the server refuses it', async () => {
    const { page: ward } = demo.windowOf('clinician')
    expect(await ward.getByRole('navigation').getByRole('link', { name: 'Claims' }).count()).toBe(0)
    expect(await callFrom(ward, 'claims.search', { number: wanted.number })).toMatchObject({
      code: 'FORBIDDEN',
    })
    await ward.goto('/claims')
    await ward.getByRole('heading', { level: 1 }).waitFor()
    expect(await ward.getByLabel('Claim number').count()).toBe(0)
  })
})
