import { randomBytes } from 'node:crypto'
import { exactToken, open, seal } from '@chartward/crypto'
import { say } from '../harness/print.ts'
import { figure, type Report, type Result, rate } from '../harness/report.ts'
import { alternate, spreadOf } from '../harness/rounds.ts'
import { bareCipher, bareHmac } from './bare.ts'
import { type Field, makeFields, makeIdentifiers } from './fields.ts'
import { awsEncryptionSdk, cloak } from './peers.ts'

const ROUNDS = 9
const WHILE_MS = 250

const BARE = 'bare node:crypto'
const CLOAK = '@47ng/cloak'
const AWS = '@aws-crypto/client-node'
/** What has to be reached of each. */
const REACH: Readonly<Record<string, number>> = { [BARE]: 0.7, [CLOAK]: 1.5, [AWS]: 30 }
const TOKEN_REACH = 0.6

/**
 * One field sealed and opened in its envelope, its associated data built each time, against node:crypto alone
 * and others' envelopes; and the token of an identifier against its HMAC alone.
 */
export const run = async (): Promise<Report> => {
  const { key, fields } = makeFields()
  const bare = bareCipher(key)
  const peer = cloak()
  const sdk = awsEncryptionSdk()

  const sealed = fields.map(({ binding, plaintext }) => seal(key, binding, plaintext))
  const apart = fields.map((field) => {
    const { nonce, ...rest } = bare.encrypt(field)
    return { ...rest, nonce: Buffer.from(nonce) }
  })
  const cloaked = fields.map((field) => peer.encrypt(field))
  const wrapped: Buffer[] = []
  for (const field of fields) wrapped.push(await sdk.encrypt(field))
  for (const [i, field] of fields.entries()) {
    const { binding, plaintext, text } = field
    // The envelope's parts open without any code of ours: the baseline does the same work.
    const parts = partsOf(at(sealed, i))
    if (
      !open(key, binding, at(sealed, i)).equals(plaintext) ||
      !bare.decrypt(field, parts).equals(plaintext) ||
      !bare.decrypt(field, at(apart, i)).equals(plaintext) ||
      peer.decrypt(at(cloaked, i)) !== text ||
      !(await sdk.decrypt(at(wrapped, i))).equals(plaintext)
    )
      throw new Error('a field does not come back as it was')
  }
  say(`crypto: ${fields.length} fields of ${fields[0]?.plaintext.length} bytes, each opened by all`)

  const encrypting = await alternate(ROUNDS, {
    ours: () => perSecond(fields, ({ binding, plaintext }) => seal(key, binding, plaintext)),
    [BARE]: () => perSecond(fields, (field) => bare.encrypt(field)),
    [CLOAK]: () => perSecond(fields, (field) => peer.encrypt(field)),
    [AWS]: () => eachPerSecond(fields, (field) => sdk.encrypt(field)),
  })
  const decrypting = await alternate(ROUNDS, {
    ours: () => perSecond(fields, ({ binding }, i) => open(key, binding, at(sealed, i))),
    [BARE]: () => perSecond(fields, (field, i) => bare.decrypt(field, at(apart, i))),
    [CLOAK]: () => perSecond(fields, (_, i) => peer.decrypt(at(cloaked, i))),
    [AWS]: () => eachPerSecond(fields, (_, i) => sdk.decrypt(at(wrapped, i))),
  })

  const indexKey = randomBytes(32)
  const identifiers = makeIdentifiers()
  const macOf = bareHmac(indexKey)
  const tokens = await alternate(ROUNDS, {
    ours: () => perSecond(identifiers, (value) => exactToken(indexKey, 'mrn', value)),
    [BARE]: () => perSecond(identifiers, (value) => macOf(value)),
  })
  return {
    bench: 'crypto',
    results: [
      ...against('encrypt a field', encrypting),
      ...against('decrypt a field', decrypting),
      ...against('token of an identifier', tokens, { [BARE]: TOKEN_REACH }),
    ],
  }
}

/** Asks for all of them again and again for a while: a quick one is measured as warm as a slow one. */
const perSecond = async <T>(all: readonly T[], one: (value: T, i: number) => unknown): Promise<number> => {
  const began = performance.now()
  let done = 0
  let taken = 0
  while (taken < WHILE_MS) {
    all.forEach(one)
    done += all.length
    taken = performance.now() - began
  }
  return done / (taken / 1000)
}

/** The same of what has to be waited for, one after another. */
const eachPerSecond = async (
  all: readonly Field[],
  one: (field: Field, i: number) => Promise<unknown>,
): Promise<number> => {
  const began = performance.now()
  let done = 0
  while (performance.now() - began < WHILE_MS) {
    const i = done % all.length
    await one(at(all, i), i)
    done += 1
  }
  return done / ((performance.now() - began) / 1000)
}

const against = (
  name: string,
  { ours, ...others }: Readonly<Record<string, number[]>>,
  reach = REACH,
): Result[] => {
  const own = spreadOf(ours ?? []).median
  return [
    ...Object.entries(others).map(([peer, rounds]) =>
      rate(name, own, '/s', { name: peer, value: spreadOf(rounds).median }, reach[peer]),
    ),
    figure(name, 1e9 / own, 'ns'),
  ]
}

/** An envelope by its layout: version and algorithm (2), key id (16), nonce (12), ciphertext, tag (16). */
const partsOf = (envelope: Buffer) => ({
  nonce: envelope.subarray(18, 30),
  ciphertext: envelope.subarray(30, -16),
  tag: envelope.subarray(-16),
})

const at = <T>(all: readonly T[], i: number): T => {
  const one = all[i]
  if (one === undefined) throw new Error('there are fewer than that')
  return one
}
