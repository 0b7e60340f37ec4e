import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Vectors are read in place, beside the repository; a clone without them skips the tests that need them. */
export const SHARED_DATA = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url))

export const lacksSharedData = (folder: string) => !existsSync(`${SHARED_DATA}${folder}`)
