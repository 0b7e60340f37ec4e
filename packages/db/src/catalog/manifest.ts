import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Manifest } from './compare-catalog.ts'

/** Written by `pnpm --filter @chartward/db manifest`, and reviewed with each migration. */
export const MANIFEST_FILE = fileURLToPath(new URL('manifest.json', import.meta.url))

/** What this version's migrations make. */
export const readManifest = (): Manifest => JSON.parse(readFileSync(MANIFEST_FILE, 'utf8'))
