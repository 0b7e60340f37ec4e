import { fromBase64, toBase64 } from './base64.ts'
import { AuditError } from './errors.ts'
import { HASH_LENGTH } from './leaf.ts'
import { type NoteSigner, noteText, parseVerifierKey, signNoteWith, verifyNote } from './signed-note.ts'

/** A tree head with the log it belongs to: what a signed checkpoint says (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** The log's identity, such as `chartward.example/log`. */
  origin: string
  /** Leaves; a safe integer. */
  size: number
  /** 32 bytes. */
  root: Uint8Array
}

/** The note text: origin, size and base64 of the root, a line each. Throws `malformed-checkpoint`. */
export const formatCheckpoint = (head: {
  origin: string
  size: number | bigint
  root: Uint8Array
}): string => {
  const { origin, size, root } = head
  if (origin === '' || origin.includes('\n')) throw malformed('its origin is not one line')
  if (root.length !== HASH_LENGTH) throw malformed('a root is 32 bytes')
  const leaves = Number(size)
  if (!Number.isSafeInteger(leaves) || leaves < 0) throw malformed('its size is not a count')
  return `${origin}\n${leaves}\n${toBase64(root)}\n`
}

/**
 * The checkpoint in a note text. Nothing is verified here. Extension lines are opaque and skipped, as the
 * specification asks. Throws `malformed-checkpoint`.
 */
export const parseCheckpoint = (text: string): Checkpoint => {
  const lines = text.split('\n')
  const [origin, size, root] = lines
  if (
    lines.pop() !== '' ||
    lines.includes('') ||
    origin === undefined ||
    size === undefined ||
    root === undefined
  ) {
    throw malformed('it is not three lines or more')
  }
  if (!/^(0|[1-9][0-9]*)$/.test(size) || !Number.isSafeInteger(Number(size)))
    throw malformed('its size is not a count')
  const hash = decodedRoot(root)
  return { origin, size: Number(size), root: hash }
}

/**
 * The signed note over a checkpoint's text. `sign` makes the Ed25519 signature over the bytes it is given,
 * `publicKey` is the raw key that verifies it. The key is named after the log, so that it can vouch for no
 * other: else `origin-mismatch`.
 */
export const signCheckpoint = (
  text: string,
  name: string,
  sign: (message: Uint8Array) => Uint8Array,
  publicKey: Uint8Array,
): string => signCheckpointWith(text, [{ name, sign, publicKey }])

/** The same with a signature of each key, in this order. */
export const signCheckpointWith = (text: string, signers: readonly NoteSigner[]): string => {
  const { origin } = parseCheckpoint(text)
  if (signers.some(({ name }) => name !== origin)) throw originMismatch()
  return signNoteWith(text, signers)
}

/**
 * What the log that owns `verifierKey` has signed. Throws AuditError: `malformed-key`, `malformed-note`,
 * `missing-signature`, `signature-invalid`, `malformed-checkpoint`, and `origin-mismatch` where the key
 * belongs to another log.
 */
export const verifyCheckpoint = async (note: string, verifierKey: string): Promise<Checkpoint> => {
  const checkpoint = parseCheckpoint(await verifyNote(note, verifierKey))
  if (checkpoint.origin !== parseVerifierKey(verifierKey).name) throw originMismatch()
  return checkpoint
}

/** What a note claims, with no signature checked: to say more about a broken bundle, never to trust it. */
export const claimedCheckpoint = (note: string): Checkpoint => parseCheckpoint(noteText(note))

const decodedRoot = (text: string): Uint8Array => {
  // 32 bytes are 44 characters; asking first keeps a decoder error from standing in for this one.
  if (!/^[A-Za-z0-9+/]{43}=$/.test(text)) throw malformed('its root is not 32 bytes in base64')
  try {
    return fromBase64(text)
  } catch {
    throw malformed('its root is not 32 bytes in base64')
  }
}

const originMismatch = (): AuditError =>
  new AuditError('origin-mismatch', 'the checkpoint is of another log than the key')

const malformed = (why: string): AuditError =>
  new AuditError('malformed-checkpoint', `not a checkpoint: ${why}`)
