import { hash } from 'node:crypto'
import { canonicalise } from '@chartward/audit'
import type { Id } from '@chartward/policy'
import { z } from 'zod'
import { idSchema } from '../../core/ids.ts'
import { type NoteKeys, openNote } from '../bundles/note-keys.ts'

const FORMAT = 'chartward/shred-ledger/1'

const hex = z.string().regex(/^[0-9a-f]{64}$/)
const instant = z.iso.datetime({ precision: 3 })
const idOf = <Of extends string>() => z.custom<Id<Of>>((value) => idSchema.safeParse(value).success)

const bodySchema = z.strictObject({
  format: z.literal(FORMAT),
  /** From 0, without gaps. */
  index: z.int().nonnegative(),
  /** SHA-256 of the line before, without its end, in hex; null for the first. */
  previous: hex.nullable(),
  installation: z.string(),
  shred: idOf<'shred'>(),
  patient: idOf<'patient'>(),
  keys: z.array(z.guid()),
  requestedBy: idOf<'user'>(),
  requestedAt: instant,
  decidedBy: idOf<'user'>(),
  at: instant,
  finalAt: instant,
  finalIsBound: z.boolean(),
})

const lineSchema = z.strictObject({ body: bodySchema, signature: z.string() })

/** What a line says: that a patient's keys were destroyed, by which two people, when. Ids and moments. */
export type LedgerBody = z.output<typeof bodySchema>

/** What of a line follows from the destruction itself. */
export type LedgerEvent = Omit<LedgerBody, 'format' | 'index' | 'previous' | 'installation'>

/** A line of the ledger that was verified. */
export interface LedgerLine extends LedgerBody {
  /** SHA-256 of the line, without its end, in hex. */
  readonly hash: string
}

/** The ledger is not as it was written; `index` is the first line that does not hold. */
export class LedgerBroken extends Error {
  override readonly name = 'LedgerBroken'
  readonly index: number

  constructor(index: number) {
    super(
      `Line ${index + 1} of the ledger of destructions is not as it was written: put the ledger back from a copy before anything else.`,
    )
    this.index = index
  }
}

const noteText = (body: z.input<typeof bodySchema>): string =>
  `${Buffer.from(canonicalise(body)).toString('utf8')}\n`

export const hashOfLine = (line: string): string => hash('sha256', line, 'hex')

/** The next line, without its end: canonical JSON with the signature line of a C2SP note over its body. */
export const formatLine = (
  event: LedgerEvent,
  before: { readonly index: number; readonly previous: string | null; readonly installation: string },
  key: NoteKeys,
): string => {
  const body: LedgerBody = { format: FORMAT, ...before, ...event }
  const note = key.sign(noteText(body))
  const signature = note.slice(note.lastIndexOf('\n\n') + 2, -1)
  return Buffer.from(canonicalise({ body, signature })).toString('utf8')
}

const parsed = (line: string): z.output<typeof lineSchema> | null => {
  try {
    return lineSchema.safeParse(JSON.parse(line)).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/**
 * The lines of a ledger, each verified: its form, its number, the hash of the line before, and its signature.
 * What stands after the last end of a line was never written whole, and counts for nothing. Rejects with
 * LedgerBroken.
 */
export const readLines = async (text: string, verifierKeys: readonly string[]): Promise<LedgerLine[]> => {
  const lines: LedgerLine[] = []
  for (const line of text.split('\n').slice(0, -1)) {
    const index = lines.length
    const found = parsed(line)
    const body = found?.body
    const holds =
      found !== null &&
      body !== undefined &&
      body.index === index &&
      body.previous === (lines.at(-1)?.hash ?? null) &&
      (await openNote(`${noteText(body)}\n${found.signature}\n`, verifierKeys)) !== null
    if (!holds || body === undefined) throw new LedgerBroken(index)
    lines.push({ ...body, hash: hashOfLine(line) })
  }
  return lines
}
