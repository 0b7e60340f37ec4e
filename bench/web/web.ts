import { builtInRoles } from '@chartward/policy'
import { type BrowserWindow, openWindow } from '../../apps/web/e2e/harness/browser.ts'
import { openDemo } from '../../apps/web/e2e/harness/demo.ts'
import { say } from '../harness/print.ts'
import { figure, limited, type Report, type Result } from '../harness/report.ts'
import { alternate, spreadOf } from '../harness/rounds.ts'
import { ENTRIES, fillLog, longestChart } from './furnish.ts'
import { drawerOf, forgetStrain, type Load, loadOf, slowPage, strainOf } from './measure.ts'

const ROUNDS = 5
/** Nothing but text from the same server: what a page costs before it is any page. */
const BARE = 'a page of plain text'
/** https://web.dev/articles/cls wants 0.1; a console that is read while it fills wants less. */
const MOST_SHIFT = 0.02
/** In kB: of a page, and of what draws its charts, which comes beside it. */
const MOST_JAVASCRIPT = { page: 290, charts: 110, signIn: 130 }
const WITH_CHARTS: readonly string[] = ['overview', 'audit log']
const MOST_DRAWER_MS = 200
const MOST_TASK_MS = 50

interface People {
  readonly nobody: BrowserWindow
  readonly clinician: BrowserWindow
  readonly officer: BrowserWindow
  readonly administrator: BrowserWindow
}

/** The console in Chromium at a quarter of this machine's speed, with an empty cache. */
export const run = async (): Promise<Report> => {
  const [clinician, officer, administrator] = [
    builtInRoles.clinician.name,
    builtInRoles.privacyOfficer.name,
    builtInRoles.administrator.name,
  ]
  const demo = await openDemo([clinician, officer, administrator], { patients: 60 })
  try {
    const people: People = {
      nobody: await openWindow(demo.browser, demo.installation.url),
      clinician: demo.windowOf(clinician),
      officer: demo.windowOf(officer),
      administrator: demo.windowOf(administrator),
    }
    await fillLog(people.officer.page)
    return { bench: 'web', results: [...(await loads(people)), ...(await acts(people))] }
  } finally {
    await demo.close()
  }
}

const loads = async ({ nobody, clinician, officer, administrator }: People): Promise<Result[]> => {
  const chart = `/patients/${await longestChart(clinician.page)}`
  say(`web: each page ${ROUNDS} times, by turns`)
  const found = await alternate<string, Load>(ROUNDS, {
    [BARE]: () => loadOf(nobody, '/healthz'),
    'sign-in': () => loadOf(nobody, '/sign-in'),
    overview: () => loadOf(administrator, '/'),
    users: () => loadOf(administrator, '/users'),
    'audit log': () => loadOf(officer, '/audit'),
    chart: () => loadOf(clinician, chart),
  })
  const bare = middle(found[BARE] ?? [], 'firstPaint')
  return Object.entries(found).flatMap(([name, all]): Result[] => {
    if (name === BARE) return [figure(`${name}: first paint`, bare, 'ms')]
    const { page, charts, signIn } = MOST_JAVASCRIPT
    const most = name === 'sign-in' ? signIn : page + (WITH_CHARTS.includes(name) ? charts : 0)
    const firstPaint = middle(all, 'firstPaint')
    return [
      limited(`${name}: JavaScript`, middle(all, 'javascript') / 1000, 'kB', most),
      figure(`${name}: requests`, middle(all, 'requests'), ''),
      {
        ...figure(`${name}: first paint`, firstPaint, 'ms'),
        against: `${BARE}: ${Math.round(bare)} ms`,
        ratio: Number((firstPaint / bare).toFixed(2)),
      },
      figure(`${name}: largest paint`, middle(all, 'largestPaint'), 'ms'),
      limited(`${name}: layout shift`, middle(all, 'shift'), '', MOST_SHIFT),
    ]
  })
}

const middle = (all: readonly Load[], key: keyof Load): number => spreadOf(all.map((one) => one[key])).median

const acts = async ({ officer, administrator }: People): Promise<Result[]> => {
  say(`web: drawers, scrolling and typing, with ${ENTRIES} entries`)
  const log = await slowPage(officer)
  await log.goto('/audit')
  const rows = log.getByRole('table', { name: 'Audit entries' }).locator('tbody')
  await rows.getByRole('button').first().waitFor()
  const drawers: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    drawers.push(await drawerOf(log, round))
    await log.keyboard.press('Escape')
    await log.getByRole('dialog').waitFor({ state: 'hidden' })
  }
  await forgetStrain(log)
  for (let step = 0; step < 60; step += 1) {
    await log.mouse.wheel(0, 600)
    await log.waitForTimeout(50)
  }
  const scrolled = await strainOf(log)
  await log.close()
  const users = await slowPage(administrator)
  await users.goto('/users')
  await forgetStrain(users)
  await users.getByRole('searchbox').first().pressSequentially('somebody who is not', { delay: 60 })
  const typed = await strainOf(users)
  await users.close()
  return [
    limited('audit log: until a drawer is drawn', spreadOf(drawers).median, 'ms', MOST_DRAWER_MS),
    limited('audit log: longest task while scrolling', scrolled.longest, 'ms', MOST_TASK_MS),
    figure('users: slowest answer to a key (0: under 16 ms)', typed.slowestKey, 'ms'),
  ]
}
