import { createHash } from 'node:crypto'
import { type BundleSource, type KeyStatement, signKeyStatement } from '@chartward/audit'
import { ed25519PublicKey, ed25519Sign } from '@chartward/crypto'
import type { SequencerContext } from '../../../sequencer/context.ts'
import { sequenceAll } from '../../../sequencer/testing/log-kit.ts'
import type { TestApp } from '../../../testing/test-app.ts'
import { enrolLogKey, prepareHandover } from '../log-key.ts'

/** A file of a bundle that holds this text. */
export const textSource = (name: string, text: string): BundleSource => ({
  name,
  open: async function* () {
    yield Buffer.from(text)
  },
})

/** What is waited for while the log is sequenced and signed, as often as it takes. */
export const whileSigning = async <T>(context: SequencerContext, work: Promise<T>): Promise<T> => {
  let done = false
  const ended = work.finally(() => {
    done = true
  })
  ended.catch(() => undefined)
  while (!done) {
    await sequenceAll(context)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return ended
}

/** Hands the log over to a new key, as the command line does. */
export const handOver = async ({ app, files }: TestApp): Promise<string> => {
  const { logOrigin: origin, logVerifierKey: pinned } = app.settings
  const note = await prepareHandover(app.db.sql, { files, origin, pinned })
  await enrolLogKey(app, note, 'test')
  return note
}

/** A seed that nobody has but the attacker. */
export const stolenSeed = (word: string): Buffer => createHash('sha256').update(word).digest()

/** A statement signed by these seeds, whatever it says. */
export const statementBy = (statement: KeyStatement, seeds: readonly Uint8Array[]): string =>
  signKeyStatement(
    statement,
    seeds.map((seed) => ({
      name: statement.purpose === 'checkpoint' ? statement.origin : `${statement.origin}/bundle`,
      publicKey: ed25519PublicKey(seed),
      sign: (message: Uint8Array) => ed25519Sign(seed, message),
    })),
  )

/** An enrolment by whoever can append entries. */
export const appendEnrolment = ({ app }: TestApp, { purpose, key }: KeyStatement, statement: string) =>
  app.audit.commit({
    action: 'signing-key.enrolled',
    outcome: 'success',
    actor: { kind: 'system', name: 'attacker' },
    resource: { type: 'SigningKey', id: null },
    facts: { purpose },
    change: { before: null, after: { key, statement } },
  })
