import { openDatabase } from '@chartward/db'
import { isOwnEntry } from '../../audit/entry.ts'
import { createLogger } from '../../core/log.ts'
import { type KeyFiles, readAppendKey } from '../../keys/key-files.ts'
import { followLog } from '../follow/follow-log.ts'
import { seeing } from './seen.ts'

/*
 * A follower in a process of its own, for tests that kill it: `node follow.ts {"url": …, "files": …}`. Runs
 * until then.
 */
const { url, files }: { url: string; files: KeyFiles } = JSON.parse(process.argv[2] ?? '')
const appendKey = readAppendKey(files)
const reader = {
  db: openDatabase({ url, connections: 1, name: 'test-follow' }),
  isOwn: (bytes: Uint8Array, mac: Uint8Array) => isOwnEntry(appendKey, bytes, mac),
  log: createLogger('silent'),
}
await followLog(reader, seeing({ slowly: true }), null, new AbortController().signal)
