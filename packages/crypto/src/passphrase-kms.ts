import { argon2, randomBytes } from 'node:crypto'
import { CryptoError } from './errors.ts'
import { decodeHex } from './hex.ts'
import { createPrivateFile, readPrivateFile } from './key-file.ts'
import { kwpUnwrap, kwpWrap } from './kwp.ts'
import { RootKms } from './root.ts'
import { KEY_BYTES } from './secret-key.ts'

/** What argon2id costs (RFC 9106): memory in KiB, passes, lanes. */
export interface PassphraseCost {
  readonly memory: number
  readonly passes: number
  readonly lanes: number
}

/** Between the two choices of RFC 9106, section 4; about half a second once at each start. */
const USUAL: PassphraseCost = { memory: 262_144, passes: 4, lanes: 4 }
/**
 * No less than OWASP's floor, and no more than a machine has: a file that was changed is to fill no memory.
 */
const LEAST = { memory: 19_456, passes: 2, lanes: 1 } as const
const MOST = { memory: 2_097_152, passes: 64, lanes: 16 } as const

const KIND = 'passphrase'
const SALT_BYTES = 16
const SHORTEST = 20

const FORM =
  /^chartward-passphrase-v1 argon2id m=(\d{1,8}),t=(\d{1,3}),p=(\d{1,3}) salt=([0-9a-f]{32}) root=([0-9a-f]{80})\n?$/

/**
 * A root key in a file, wrapped by AES-256-KWP under argon2id of a passphrase: the file alone opens nothing,
 * and no machine starts without somebody who knows, or a file that holds, the passphrase. Cost and salt stand
 * in the file.
 */
export class PassphraseKms extends RootKms {
  /**
   * Makes a new file (mode 0600) and opens it. Never overwrites: `key-file-exists`. `invalid-argument` for a
   * passphrase of fewer than 20 characters: whoever copies the file can try out passphrases as fast as they
   * like.
   */
  static async create(
    file: string,
    passphrase: string,
    cost: PassphraseCost = USUAL,
  ): Promise<PassphraseKms> {
    if ([...spelled(passphrase)].length < SHORTEST)
      throw new CryptoError(
        'invalid-argument',
        `a passphrase has at least ${SHORTEST} characters: six words drawn by dice are a good one`,
      )
    requireCost(file, cost)
    const salt = randomBytes(SALT_BYTES)
    const root = randomBytes(KEY_BYTES)
    const key = await derived(passphrase, salt, cost)
    try {
      const { memory, passes, lanes } = cost
      const line = `chartward-passphrase-v1 argon2id m=${memory},t=${passes},p=${lanes} salt=${salt.toString('hex')} root=${kwpWrap(key, root).toString('hex')}\n`
      createPrivateFile(file, Buffer.from(line))
      return new PassphraseKms(KIND, root)
    } finally {
      key.fill(0)
    }
  }

  /**
   * Opens the file. `wrong-passphrase` where it does not open by this one; other errors as for `readKeyFile`.
   */
  static async open(file: string, passphrase: string): Promise<PassphraseKms> {
    const match = FORM.exec(readPrivateFile(file).toString('latin1'))
    const [salt, wrapped] = [match?.[4], match?.[5]].map((hex) => decodeHex(Buffer.from(hex ?? '')))
    if (match === null || salt == null || wrapped == null)
      throw new CryptoError(
        'key-file-invalid',
        `${file} does not hold a root key under a passphrase: restore it from its backup`,
      )
    const cost = { memory: Number(match[1]), passes: Number(match[2]), lanes: Number(match[3]) }
    requireCost(file, cost)
    const key = await derived(passphrase, salt, cost)
    try {
      return new PassphraseKms(KIND, kwpUnwrap(key, wrapped))
    } catch (error) {
      if (!(error instanceof CryptoError && error.code === 'unwrap-failed')) throw error
      throw new CryptoError(
        'wrong-passphrase',
        `${file} does not open by this passphrase: try again, and where it is right, restore the file from its backup`,
      )
    } finally {
      key.fill(0)
    }
  }
}

const requireCost = (file: string, cost: PassphraseCost): void => {
  for (const part of ['memory', 'passes', 'lanes'] as const)
    if (!(cost[part] >= LEAST[part] && cost[part] <= MOST[part]))
      throw new CryptoError('key-file-invalid', `${file} names a cost of argon2id that is not used here`)
}

/** NFC, so that any keyboard's spelling counts. */
const spelled = (passphrase: string): string => passphrase.normalize('NFC')

const derived = (passphrase: string, nonce: Buffer, cost: PassphraseCost): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const message = Buffer.from(spelled(passphrase))
    const { memory, passes, lanes: parallelism } = cost
    const parameters = { message, nonce, parallelism, tagLength: KEY_BYTES, memory, passes }
    argon2('argon2id', parameters, (error, key) => {
      message.fill(0)
      if (error === null) resolve(key)
      else reject(error)
    })
  })
