import { openDatabase } from '@chartward/db'
import { openApp } from '../../../composition/open-app.ts'
import { newId } from '../../../core/ids.ts'
import { createLogger } from '../../../core/log.ts'
import type { KeyFiles } from '../../../keys/key-files.ts'
import { PIECE_BYTES, storePieces } from '../pieces.ts'

/*
 * Takes in an upload without an end, for tests that kill it: `node store-child.ts {"url": …, "files": …}`.
 * Says when pieces are on their way.
 */
const { url, files }: { url: string; files: KeyFiles } = JSON.parse(process.argv[2] ?? '')
const app = await openApp({
  db: openDatabase({ url, connections: 2, name: 'test-store-upload' }),
  files,
  log: createLogger('silent'),
  publicUrl: 'http://localhost:4380',
  careRelationshipDays: 3650,
  logVerifierKey: '',
})

async function* endless(): AsyncGenerator<Uint8Array> {
  for (let piece = 0; ; piece++) {
    if (piece === 2) process.stdout.write('begun\n')
    yield Buffer.alloc(PIECE_BYTES, piece)
  }
}
await storePieces(app, newId(), endless())
