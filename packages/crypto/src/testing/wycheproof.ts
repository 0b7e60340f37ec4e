import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The Wycheproof vectors are read in place, beside the repository, and never copied into it. */
const FOLDER = fileURLToPath(new URL('../../../../../shared/data/wycheproof/', import.meta.url))

/** True where the vectors are not on this machine; the RFC vectors in the tests run everywhere. */
export const vectorsAbsent = !existsSync(FOLDER)
/** Put into the test's name, so that a skipped run says why. */
export const vectorsNote = vectorsAbsent ? ' (skipped: no Wycheproof vectors in ../shared/data)' : ''

export interface Vector {
  readonly tcId: number
  readonly key: string
  readonly msg: string
  readonly iv?: string
  readonly aad?: string
  readonly ct?: string
  readonly tag?: string
  readonly result: 'valid' | 'invalid' | 'acceptable'
}

interface VectorFile {
  readonly numberOfTests: number
  readonly testGroups: readonly { readonly tests: readonly Vector[] }[]
}

/** All vectors of one file; throws where the file is not what its own count says. */
export const readVectors = (name: string): Vector[] => {
  const file: VectorFile = JSON.parse(readFileSync(FOLDER + name, 'utf8'))
  const vectors = file.testGroups.flatMap((group) => group.tests)
  if (vectors.length !== file.numberOfTests || vectors.length === 0) throw new Error(`${name} is incomplete`)
  return vectors
}
