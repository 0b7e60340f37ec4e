import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DemoAccount } from './load-demo.ts'

const fileIn = (folder: string): string => join(folder, 'demo-accounts.json')

/** Written whole or not at all; its presence says that the demo has been loaded. Mode 0600. */
export const writeAccounts = (folder: string, accounts: readonly DemoAccount[]): void => {
  const draft = `${fileIn(folder)}.new`
  writeFileSync(draft, `${JSON.stringify({ demo: true, accounts }, null, 2)}\n`, { mode: 0o600 })
  renameSync(draft, fileIn(folder))
}

export const readAccounts = (folder: string): DemoAccount[] | null =>
  existsSync(fileIn(folder)) ? JSON.parse(readFileSync(fileIn(folder), 'utf8')).accounts : null
