import { sha256 } from '#sha256'
import { fromBase64, toBase64 } from './base64.ts'
import { concatBytes, equalBytes, toHex, utf8 } from './bytes.ts'
import { AuditError } from './errors.ts'

/*
 * C2SP signed-note with Ed25519 keys (c2sp.org/signed-note): the text, a blank line, then one line per
 * signature: em dash, space, key name, space, base64(key id | signature).
 */

const ED25519 = Uint8Array.of(0x01)
const KEY_ID_LENGTH = 4
const PUBLIC_KEY_LENGTH = 32
const SIGNATURE_LENGTH = 64
const SIGNATURE_MARK = '— '
/** Far above a checkpoint with many cosignatures, and small enough to be no burden. */
const MAX_NOTE_LENGTH = 1_000_000
const MAX_SIGNATURES = 100

export interface VerifierKey {
  name: string
  /** 4 bytes. */
  keyId: Uint8Array
  /** Raw Ed25519 public key (RFC 8032), 32 bytes. */
  publicKey: Uint8Array
}

/** `name+hash8hex+base64(0x01 | public key)`. Throws `malformed-key`. */
export const formatVerifierKey = (name: string, publicKey: Uint8Array): string =>
  `${name}+${toHex(noteKeyId(name, publicKey))}+${toBase64(concatBytes([ED25519, publicKey]))}`

/** Throws `malformed-key`, also where the key id in the text is not that of the name and key beside it. */
export const parseVerifierKey = (text: string): VerifierKey => {
  // The base64 part may hold plus signs, names may not: the first two are the separators.
  const [, name, id, encoded] = /^([^+]*)\+([^+]*)\+(.*)$/s.exec(text) ?? []
  if (name === undefined || id === undefined || encoded === undefined)
    throw malformedKey('it has not three parts')
  const key = decoded(encoded)
  if (key === null || key.length !== 1 + PUBLIC_KEY_LENGTH || key[0] !== ED25519[0]) {
    throw malformedKey('it is not an Ed25519 key')
  }
  const publicKey = key.subarray(1)
  const keyId = noteKeyId(name, publicKey)
  if (toHex(keyId) !== id) throw malformedKey('its id does not belong to its name and key')
  return { name, keyId, publicKey }
}

/** The first 4 bytes of SHA-256(name | 0x0A | 0x01 | public key). Throws `malformed-key`. */
export const noteKeyId = (name: string, publicKey: Uint8Array): Uint8Array => {
  if (!isKeyName(name))
    throw malformedKey('its name is empty or holds a space, a plus sign or a control character')
  if (publicKey.length !== PUBLIC_KEY_LENGTH) throw malformedKey('an Ed25519 public key is 32 bytes')
  return sha256(utf8(`${name}\n`), ED25519, publicKey).slice(0, KEY_ID_LENGTH)
}

/**
 * The signed text of a note, its final newline included. It says nothing until a signature is verified.
 * Throws `malformed-note`.
 */
export const noteText = (note: string): string => split(note).text

/** Who signs a note: `sign` makes the Ed25519 signature over the bytes it is given. */
export interface NoteSigner {
  name: string
  /** Raw, 32 bytes. */
  publicKey: Uint8Array
  sign: (message: Uint8Array) => Uint8Array
}

/** A note with one signature. Throws `malformed-note`, `malformed-key`. */
export const signNote = (
  text: string,
  name: string,
  sign: (message: Uint8Array) => Uint8Array,
  publicKey: Uint8Array,
): string => signNoteWith(text, [{ name, sign, publicKey }])

/** A note with a signature of each, in this order. Throws `malformed-note`, `malformed-key`. */
export const signNoteWith = (text: string, signers: readonly NoteSigner[]): string => {
  if (!isNoteText(text) || !text.endsWith('\n') || signers.length === 0)
    throw malformedNote('its text is not lines of printable characters')
  return `${text}\n${signers.map((signer) => signatureLine(text, signer)).join('')}`
}

/** The note with one more signature, under those that it has. Throws `malformed-note`, `malformed-key`. */
export const countersignNote = (note: string, signer: NoteSigner): string =>
  `${note}${signatureLine(split(note).text, signer)}`

const signatureLine = (text: string, { name, publicKey, sign }: NoteSigner): string => {
  const keyId = noteKeyId(name, publicKey)
  const signature = sign(utf8(text))
  if (signature.length !== SIGNATURE_LENGTH) throw malformedNote('an Ed25519 signature is 64 bytes')
  return `${SIGNATURE_MARK}${name} ${toBase64(concatBytes([keyId, signature]))}\n`
}

/**
 * The text of a note that `verifierKey` signed. Signatures of other keys are ignored, as the specification
 * asks. Throws `malformed-key`, `malformed-note`, `missing-signature` (not signed by this key) and
 * `signature-invalid`.
 */
export const verifyNote = async (note: string, verifierKey: string): Promise<string> => {
  const key = parseVerifierKey(verifierKey)
  const { text, signatures } = split(note)
  const ours = signatures.filter(({ name, keyId }) => name === key.name && equalBytes(keyId, key.keyId))
  if (ours.length === 0) throw new AuditError('missing-signature', 'the note is not signed by the given key')
  for (const { signature } of ours) {
    if (!(await verifyEd25519(key.publicKey, utf8(text), signature))) {
      throw new AuditError('signature-invalid', 'the signature of the note does not fit its text')
    }
  }
  return text
}

/**
 * Those of the keys that signed the note, in the order of its lines, with its text: for what is kept for good
 * and so has one spelling. Throws as `verifyNote` does, and `missing-signature` for a line of any other key
 * or a second one of the same.
 */
export const verifyNoteBy = async (
  note: string,
  verifierKeys: readonly string[],
): Promise<{ text: string; signers: string[] }> => {
  const { text, signatures } = split(note)
  const signers: string[] = []
  for (const { name, keyId } of signatures) {
    const signer = verifierKeys.find((verifierKey) => {
      const key = parseVerifierKey(verifierKey)
      return name === key.name && equalBytes(keyId, key.keyId)
    })
    if (signer === undefined || signers.includes(signer))
      throw new AuditError('missing-signature', 'the note has a signature of another key than the given ones')
    await verifyNote(note, signer)
    signers.push(signer)
  }
  return { text, signers }
}

/** Whether a line of the note claims to be of this key; nothing is verified. */
export const claimsSignatureOf = (note: string, verifierKey: string): boolean => {
  const key = parseVerifierKey(verifierKey)
  return split(note).signatures.some(({ name, keyId }) => name === key.name && equalBytes(keyId, key.keyId))
}

const verifyEd25519 = async (
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> => {
  if (signature.length !== SIGNATURE_LENGTH) return false
  const { subtle } = globalThis.crypto
  // Copies, because WebCrypto's types ask for bytes that are not in shared memory.
  const imported = await subtle
    .importKey('raw', new Uint8Array(publicKey), 'Ed25519', false, ['verify'])
    .catch(() => {
      // A runtime may refuse 32 bytes that are no point of the curve already here.
      throw malformedKey('it is not an Ed25519 key')
    })
  return subtle.verify('Ed25519', imported, new Uint8Array(signature), new Uint8Array(message))
}

interface NoteSignature {
  name: string
  keyId: Uint8Array
  signature: Uint8Array
}

const split = (note: string): { text: string; signatures: NoteSignature[] } => {
  if (note.length > MAX_NOTE_LENGTH) throw malformedNote('it is too long')
  if (!isNoteText(note)) throw malformedNote('it holds control characters or lone surrogates')
  // The last blank line separates, because the text may hold blank lines of its own.
  const blank = note.lastIndexOf('\n\n')
  if (blank < 0 || !note.endsWith('\n') || blank + 2 >= note.length)
    throw malformedNote('it has no signatures')
  const lines = note.slice(blank + 2, -1).split('\n')
  if (lines.length > MAX_SIGNATURES) throw malformedNote('it has too many signatures')
  return { text: note.slice(0, blank + 1), signatures: lines.map(parseSignature) }
}

const parseSignature = (line: string): NoteSignature => {
  const [name, encoded, ...rest] = line.startsWith(SIGNATURE_MARK)
    ? line.slice(SIGNATURE_MARK.length).split(' ')
    : []
  const bytes = decoded(encoded ?? '')
  if (
    name === undefined ||
    rest.length > 0 ||
    !isKeyName(name) ||
    bytes === null ||
    bytes.length <= KEY_ID_LENGTH
  ) {
    throw malformedNote('a signature line is not well formed')
  }
  return { name, keyId: bytes.subarray(0, KEY_ID_LENGTH), signature: bytes.subarray(KEY_ID_LENGTH) }
}

/** Well formed, and without control characters other than newline. */
const isNoteText = (text: string): boolean => text.isWellFormed() && !/[^\P{Cc}\n\u{7f}-\u{9f}]/u.test(text)

const isKeyName = (name: string): boolean => name !== '' && isNoteText(name) && !/[\s+\u{85}]/u.test(name)

const decoded = (encoded: string): Uint8Array | null => {
  try {
    return fromBase64(encoded)
  } catch {
    return null
  }
}

const malformedKey = (why: string): AuditError =>
  new AuditError('malformed-key', `not a verifier key: ${why}`)

const malformedNote = (why: string): AuditError =>
  new AuditError('malformed-note', `not a signed note: ${why}`)
