import { setTimeout } from 'node:timers/promises'
import { type KmsProvider, LocalKms } from '@chartward/crypto'
import { openDatabase } from '@chartward/db'
import { openApp } from '../../../composition/open-app.ts'
import { createLogger } from '../../../core/log.ts'
import type { KeyFiles } from '../../../keys/key-files.ts'
import { KmsPair } from '../../../keys/kms/open-kms.ts'
import { moveKeks } from '../move-keks.ts'

/*
 * Moves the KEKs in a process of its own, for tests that kill it:
 * `node move-child.ts {"app": …, "owner": …, "files": …, "next": …, "slowMs": …}`. Says when it begins.
 */
interface Given {
  readonly app: string
  readonly owner: string
  readonly files: KeyFiles
  /** The file of the root that they are moved to. */
  readonly next: string
  /** How long that one takes to answer. */
  readonly slowMs: number
}
const given: Given = JSON.parse(process.argv[2] ?? '')
const inner = LocalKms.open(given.next)
const slow: KmsProvider = {
  name: inner.name,
  named: (name) => (name === inner.name ? slow : undefined),
  wrap: async (plain, place) => {
    await setTimeout(given.slowMs)
    return inner.wrap(plain, place)
  },
  unwrap: (wrapped, place) => inner.unwrap(wrapped, place),
}
const kms = new KmsPair(LocalKms.open(given.files.kms), slow)
const app = await openApp({
  db: openDatabase({ url: given.app, connections: 2, name: 'test-move' }),
  files: given.files,
  kms,
  log: createLogger('silent'),
  publicUrl: 'http://localhost:4380',
  careRelationshipDays: 3650,
  logVerifierKey: '',
})
const owner = openDatabase({ url: given.owner, connections: 1, name: 'test-move' })
process.stdout.write('begun\n')
await moveKeks({ owner, audit: app.audit, kms, operator: 'a test' })
await owner.close()
await app.close()
