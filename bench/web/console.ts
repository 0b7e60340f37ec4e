import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { callFrom } from '../../apps/web/e2e/harness/api.ts'
import { Authenticator } from '../../apps/web/e2e/harness/authenticator.ts'
import { type BrowserWindow, launchBrowser, openWindow } from '../../apps/web/e2e/harness/browser.ts'
import { makeInstallation } from '../../apps/web/e2e/harness/installation.ts'
import { signIn } from '../../apps/web/e2e/harness/sign-in.ts'
import type { Page } from './measure.ts'

/** As many entries as the audit page is measured with. */
export const ENTRIES = 400

export interface Console {
  /** The window of whoever has a role in the demo, signed in. */
  as(role: string): Promise<BrowserWindow>
  /** A window of nobody. */
  nobody(): Promise<BrowserWindow>
  close(): Promise<void>
}

interface Accounts {
  readonly accounts: readonly {
    readonly role: string
    readonly displayName: string
    readonly email: string
    readonly password: string
    readonly totpSecret: string
  }[]
}

/** The demo as `pnpm start` has it, with a browser. */
export const openConsole = async (): Promise<Console> => {
  const installation = await makeInstallation()
  const { port, folder, url } = installation
  const browser = await launchBrowser()
  const close = async (): Promise<void> => {
    await browser.close()
    await installation.remove()
  }
  try {
    await installation.start('demo', '--port', String(port), '--data', folder, '--patients', '60')
    const { accounts }: Accounts = JSON.parse(await readFile(join(folder, 'demo-accounts.json'), 'utf8'))
    return {
      close,
      nobody: () => openWindow(browser, url),
      as: async (role) => {
        const account = accounts.find((one) => one.role === role)
        if (account === undefined) throw new Error(`the demo has no ${role}`)
        const { displayName: name, email, password, totpSecret } = account
        const window = await openWindow(browser, url)
        await signIn(window.page, { name, email, password, authenticator: new Authenticator(totpSecret) })
        return window
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** The patient in a clinician's care with the most observations. */
export const longestChart = async (page: Page): Promise<string> => {
  const { data } = await callFrom(page, 'patients.mine', {})
  let longest = { id: '', observations: -1 }
  for (const { id } of (data as { items: { id: string }[] }).items) {
    const chart = (await callFrom(page, 'patients.get', { id })).data as {
      counts: { Observation?: number }
    }
    const observations = chart.counts.Observation ?? 0
    if (observations > longest.observations) longest = { id, observations }
  }
  return longest.id
}

/** Fills the audit log, by reads of the page's own person. */
export const fillLog = async (page: Page): Promise<void> => {
  for (let i = 0; i < ENTRIES; i += 1) await callFrom(page, 'home.mine', {})
}
