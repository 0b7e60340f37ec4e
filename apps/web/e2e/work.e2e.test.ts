import type { Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { callFrom } from './harness/api.ts'
import { type Demo, openDemo } from './harness/demo.ts'
import { lookAt, settled } from './harness/look.ts'
import { download } from './harness/sign-in.ts'
import { holdNotes, knowsOfCancelling } from './harness/superuser.ts'
import { until } from './harness/until.ts'

/* Long work: begun, left, come back to, cancelled, and what came of it. */

const ROLES = ['privacy-officer', 'clinician'] as const
type Role = (typeof ROLES)[number]

let demo: Demo<Role>

beforeAll(async () => {
  demo = await openDemo(ROLES, { patients: 12 })
  // Signed about a second after it was written: before, there is nothing to prove.
  await until(async () => {
    const { data } = await callFrom(pageOf('privacy-officer'), 'audit.head', {})
    return (data as { checkpoint: string | null }).checkpoint !== null
  }, 'the log is signed')
})
afterAll(async () => {
  await demo?.close()
})
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  await demo?.picture('failed-work')
})

const pageOf = (role: Role): Page => demo.windowOf(role).page
const proofOf = (page: Page): Locator => page.getByRole('dialog', { name: 'The log as a whole' })
const bar = (within: Page | Locator): Locator => within.getByRole('progressbar', { name: 'Checking the log' })
const history = (page: Page): Locator =>
  page.getByRole('table', { name: 'Long work that has ended, newest first' })
const sign = (page: Page): Locator => page.getByRole('banner').getByRole('link', { name: /open long work$/ })

const openProof = async (page: Page): Promise<Locator> => {
  await page.goto('/audit?proof=true')
  const proof = proofOf(page)
  await proof.getByText(/^Signed and verified at/).waitFor()
  return proof
}

describe('a check of the log', () => {
  it('says how far it is, survives a reload and the closing of its page, and its result stays', async () => {
    const letGo = await holdNotes(demo.installation.folder)
    const page = pageOf('privacy-officer')
    const proof = await openProof(page)
    await proof.getByRole('button', { name: 'Check the whole log' }).click()
    await bar(proof).waitFor()
    await sign(page).waitFor()
    await page.reload()
    await bar(proofOf(page)).waitFor()
    expect(await proofOf(page).getByRole('button', { name: 'Check the whole log' }).count()).toBe(0)
    await page.goto('/work')
    await bar(page).waitFor()
    expect(await lookAt(page, 'work-running')).toEqual([])
    await letGo()
    await page.getByText('Checking the log: done').waitFor({ timeout: 60_000 })
    await history(page)
      .getByText(/entries checked: everything fits/)
      .waitFor()
    await until(async () => (await sign(page).count()) === 0, 'nothing goes on')
    // The words at the edge of the page go by themselves, and lie over it until then.
    await page.getByRole('alert').waitFor({ state: 'detached' })
    expect(await lookAt(page, 'work')).toEqual([])
    const again = await openProof(page)
    await again.getByText('Everything fits').waitFor()
  })

  it('is one for two windows in which it is asked for, and the second is told', async () => {
    const letGo = await holdNotes(demo.installation.folder)
    const one = pageOf('privacy-officer')
    const two = await one.context().newPage()
    const other = await openProof(two)
    const first = await openProof(one)
    await first.getByRole('button', { name: 'Check the whole log' }).click()
    await bar(first).waitFor()
    await other.getByRole('button', { name: 'Check the whole log' }).click()
    await other.getByText(/had asked for a check already/).waitFor()
    await bar(other).waitFor()
    await letGo()
    await first.getByText('Everything fits').waitFor({ timeout: 60_000 })
    await other.getByText('Everything fits').waitFor({ timeout: 60_000 })
    await two.close()
  })

  it('is cancelled where it is seen, and says so everywhere', async () => {
    const letGo = await holdNotes(demo.installation.folder)
    const page = pageOf('privacy-officer')
    const proof = await openProof(page)
    await proof.getByRole('button', { name: 'Check the whole log' }).click()
    await bar(proof).waitFor()
    const other = await page.context().newPage()
    await other.goto('/work')
    await other.getByRole('button', { name: 'Cancel' }).click()
    await other.getByText('Being cancelled', { exact: true }).waitFor()
    await knowsOfCancelling(demo.installation.folder)
    await letGo()
    await proof.getByText('The last check was cancelled').waitFor({ timeout: 60_000 })
    await settled(page)
    const cancelled = history(other).getByRole('row').filter({ hasText: 'Cancelled' })
    await cancelled.getByText('Nothing is left of it').waitFor()
    await other.close()
  })
})

describe('what is seen of it', () => {
  it('is a download of the log with its size, too', async () => {
    const page = pageOf('privacy-officer')
    await page.goto('/audit')
    await settled(page)
    const button = page.getByRole('button', { name: 'Download the log' })
    await download(page, demo.personOf('privacy-officer'), button)
    await page.goto('/work')
    await history(page)
      .getByText(/entries sent/)
      .waitFor()
  })

  it('is nothing for whoever asks for nothing long', async () => {
    const page = pageOf('clinician')
    await page.goto('/')
    await settled(page)
    expect(await page.getByRole('link', { name: 'Long work' }).count()).toBe(0)
    expect((await callFrom(page, 'works.list', {})).data).toEqual({ items: [], nextCursor: null })
  })
})

it('no page on the way was stopped by its own content policy', () => {
  for (const { violations } of demo.windows.values()) expect(violations).toEqual([])
})
