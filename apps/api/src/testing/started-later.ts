import type { App } from '../app.ts'
import { createLogger } from '../core/log.ts'
import { readAppendKey } from '../keys/key-files.ts'
import { sequenceAll, sequencerOf } from '../sequencer/testing/log-kit.ts'
import { HeadSeals } from '../vouch/head-seals.ts'
import { Heads } from '../vouch/heads.ts'
import { RowSeals } from '../vouch/row-seals.ts'
import { Vouching } from '../vouch/vouching.ts'
import type { TestApp } from './test-app.ts'

/** The application as a process that has started since has it: it knows what the log says of rows. */
export const startedLater = async (test: TestApp): Promise<App> => {
  await sequenceAll(sequencerOf(test))
  const log = createLogger('silent')
  const heads = new Heads({
    db: test.app.db,
    seals: new HeadSeals(readAppendKey(test.files)),
    isOwn: (bytes, mac) => test.app.audit.isOwn(bytes, mac),
    log,
  })
  await heads.load()
  const vouching = new Vouching({ seals: new RowSeals(test.app.keyring), heads, log })
  return { ...test.app, vouching }
}
