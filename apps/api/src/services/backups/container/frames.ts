import { BackupError } from '../errors.ts'

/*
 * What is inside of a backup, once opened: frames, each a length (4 bytes), a type (1 byte) and so many
 * bytes. `S` begins a section, rows of one table: its name and columns in JSON; `D` is a piece of the
 * section's binary COPY data; `F` names patients (16 bytes each) whose rows, as far as they came, are to be
 * forgotten, since they changed: what follows has them anew. `E` is the end.
 */

export type FrameType = 'S' | 'D' | 'F' | 'E'

export interface Frame {
  readonly type: FrameType
  readonly bytes: Buffer
}

/** Rows of a table, in binary COPY format with these columns. */
export interface Section {
  readonly table: string
  readonly columns: readonly string[]
}

const HEAD = 5
/** More than any piece that is written: a length beyond it is none of ours. */
const MOST = 64 * 1024 * 1024

export const frameHead = (type: FrameType, length: number): Buffer => {
  const head = Buffer.alloc(HEAD)
  head.writeUInt32BE(length, 0)
  head.write(type, 4, 'latin1')
  return head
}

const isType = (text: string): text is FrameType => 'SDFE'.includes(text)

/** The frames of a stream, one in memory at a time. Throws BackupError for what is none, or has no end. */
export async function* framesOf(source: AsyncIterable<Buffer>): AsyncIterable<Frame> {
  let parts: Buffer[] = []
  let held = 0
  let wanted = HEAD
  let type: FrameType | null = null
  let ended = false
  for await (const piece of source) {
    parts.push(piece)
    held += piece.length
    while (held >= wanted) {
      if (ended) throw notOurs()
      const bytes = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)
      const taken = bytes.subarray(0, wanted)
      parts = bytes.length === wanted ? [] : [bytes.subarray(wanted)]
      held -= wanted
      if (type === null) {
        const named = taken.toString('latin1', 4)
        wanted = taken.readUInt32BE(0)
        if (!isType(named) || wanted > MOST) throw notOurs()
        type = named
      } else {
        ended = type === 'E'
        yield { type, bytes: taken }
        type = null
        wanted = HEAD
      }
    }
  }
  if (!ended || held > 0) throw new BackupError('truncated', 'The backup ends in the middle: it was cut off.')
}

const notOurs = () => new BackupError('unreadable', 'What the file holds is not a backup of Chartward.')

/** Throws BackupError. */
export const parseSection = (bytes: Buffer): Section => {
  const value: unknown = JSON.parse(bytes.toString('utf8'))
  if (typeof value !== 'object' || value === null || !('table' in value) || !('columns' in value))
    throw notOurs()
  const { table, columns } = value
  if (typeof table !== 'string' || !Array.isArray(columns)) throw notOurs()
  return { table, columns: columns.map(String) }
}
