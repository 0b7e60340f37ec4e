import type { AuditEntry } from '../entry.ts'
import { AuditError } from '../errors.ts'
import { type NoteSigner, noteText, parseVerifierKey, signNoteWith, verifyNoteBy } from '../signed-note.ts'

/*
 * What a key that signs for an installation says of itself when it is enrolled in the log: a signed note
 * (C2SP signed-note) of five lines,
 *
 *   chartward/v1/signing-key
 *   checkpoint | bundle
 *   <origin of the log>
 *   <its verifier key>
 *   <the verifier key before it, or - for the first of its purpose>
 *
 * (in the place of a bundle key that is lost stands the log's own key),
 *
 * signed by itself, which proves that whoever enrols it has it, and then by the key before it, which hands
 * over to it. No checkpoint and no manifest begins with this first line, so that neither can be taken for it.
 */
const LABEL = 'chartward/v1/signing-key'
const NONE = '-'

export const KEY_PURPOSES = ['checkpoint', 'bundle'] as const
export type KeyPurpose = (typeof KEY_PURPOSES)[number]

export interface KeyStatement {
  purpose: KeyPurpose
  /** The log in which it is enrolled. */
  origin: string
  /** C2SP verifier key. */
  key: string
  /**
   * That of the key which hands over to it; null for the first of its purpose. A bundle key whose predecessor
   * is lost has the log's own key here.
   */
  previous: string | null
}

/** A key's name in notes: a checkpoint key has the log's, so that no bundle key is ever taken for one. */
export const signingKeyName = (purpose: KeyPurpose, origin: string): string =>
  purpose === 'checkpoint' ? origin : `${origin}/bundle`

/**
 * The note of a statement. `signers` are the key and then the one before it. Throws `malformed-statement`.
 */
export const signKeyStatement = (statement: KeyStatement, signers: readonly NoteSigner[]): string => {
  const { purpose, origin, key, previous } = statement
  const note = signNoteWith([LABEL, purpose, origin, key, previous ?? NONE, ''].join('\n'), signers)
  parseKeyStatement(note)
  return note
}

/**
 * What a note says that the key, and the one before it, have signed, each once and nobody else. Throws
 * AuditError: `malformed-statement`, `malformed-note`, `malformed-key`, `missing-signature`,
 * `signature-invalid`.
 */
export const verifyKeyStatement = async (note: string): Promise<KeyStatement> => {
  const statement = parseKeyStatement(note)
  const { key, previous } = statement
  const expected = previous === null ? [key] : [key, previous]
  const { signers } = await verifyNoteBy(note, expected)
  if (signers.join() !== expected.join())
    throw new AuditError('missing-signature', 'the statement is not signed by its key and the one before it')
  return statement
}

/** The facts and the note of an entry that enrols a key; null for any other entry. Nothing is verified. */
export const enrolmentNote = (entry: AuditEntry): string | null => {
  if (entry.action !== 'signing-key.enrolled' || entry.outcome !== 'success') return null
  const note = entry.change.after?.statement
  return typeof note === 'string' ? note : ''
}

/** The statement in a note that lacks the signature of the key before it; that of its own key holds. */
export const proposedKey = async (note: string): Promise<KeyStatement> => {
  const statement = parseKeyStatement(note)
  await verifyNoteBy(note, [statement.key])
  return statement
}

/** Whether an enrolment is of a checkpoint key, or of nothing that can be read; nothing is verified. */
export const isHandover = (note: string): boolean => {
  try {
    return parseKeyStatement(note).purpose === 'checkpoint'
  } catch (error) {
    if (error instanceof AuditError) return true
    throw error
  }
}

const parseKeyStatement = (note: string): KeyStatement => {
  const lines = noteText(note).split('\n')
  const [label, purpose, origin, key, previous, end] = lines
  if (lines.length !== 6 || label !== LABEL || end !== '') throw malformed('it has not its five lines')
  if (purpose !== 'checkpoint' && purpose !== 'bundle') throw malformed('its purpose is none')
  if (origin === undefined || key === undefined || previous === undefined)
    throw malformed('a line is missing')
  const name = signingKeyName(purpose, origin)
  const before = previous === NONE ? null : previous
  if (before === key) throw malformed('it names one key twice')
  // The first checkpoint key is the one that readers pin: nothing in the log makes it one.
  if (before === null && purpose === 'checkpoint') throw malformed('a checkpoint key has one before it')
  if (parseVerifierKey(key).name !== name) throw malformed('its key has the name of another log or purpose')
  const names = [name, signingKeyName('checkpoint', origin)]
  if (before !== null && !names.includes(parseVerifierKey(before).name))
    throw malformed('the key before it has the name of another log or purpose')
  return { purpose, origin, key, previous: before }
}

const malformed = (why: string): AuditError =>
  new AuditError('malformed-statement', `not a statement of a signing key: ${why}`)
