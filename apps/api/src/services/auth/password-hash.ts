import { hash, parseOptions, verify } from '@node-rs/argon2'
import type { App } from '../../app.ts'
import { Gate } from '../../core/gate.ts'

/**
 * argon2id (RFC 9106; the library's default kind): memory in KiB, passes, lanes. OWASP's floor for m = 19 MiB
 * is t = 2, p = 1.
 */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const

/**
 * As many hashes as are made at once, for the process's own threads and memory are few: others wait some
 * seconds at most, and a flood is turned away with UNAVAILABLE before it has cost anything.
 */
export const hashingGate = (): Gate => new Gate({ atOnce: 2, mostWaiting: 64 })

type Hashing = Pick<App, 'hashing'>

/** What a password is checked against where there is none: nobody's, of the same cost. */
const NOBODY = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$Y2hhcnR3YXJkL25vYm9keQ$bm9ib2R5J3MgcGFzc3dvcmQgaGFzaGVzIHRvIHRoaXM`

/** NFC, so that any keyboard's spelling counts. The pepper is not in here: the hash is sealed with it. */
const spelled = (password: string): string => password.normalize('NFC')

/** A PHC string with a fresh salt. Takes some 30 ms and 19 MiB, off the main thread. */
export const hashPassword = ({ hashing }: Hashing, password: string): Promise<string> =>
  hashing.run(() => hash(spelled(password), PARAMETERS))

/** Whether the password fits. Takes as long where `hash` is null, and is false then. */
export const passwordFits = async (
  { hashing }: Hashing,
  hash: string | null,
  password: string,
): Promise<boolean> => {
  const fits = await hashing.run(() => verify(hash ?? NOBODY, spelled(password)))
  return fits && hash !== null
}

/** Whether a hash was made with less than what is in force now. */
export const needsRehash = (hash: string): boolean => {
  const made = parseOptions(hash)
  return (
    made.memoryCost < PARAMETERS.memoryCost ||
    made.timeCost < PARAMETERS.timeCost ||
    made.parallelism < PARAMETERS.parallelism ||
    made.outputLen < PARAMETERS.outputLen
  )
}
