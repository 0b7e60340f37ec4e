const NEWLINE = 0x0a

/** `bytes` is null for a line longer than the limit: its content was skipped, never held. */
export interface Line {
  readonly number: number
  readonly bytes: Uint8Array | null
}

const join = (parts: readonly Uint8Array[], length: number): Uint8Array => {
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/**
 * The lines of a byte stream, a chunk's worth at a time, without their newlines, numbered from 1. Holds at
 * most one chunk and one line of `maxLineBytes`, whatever the stream's length. A line that lies within one
 * chunk is a view of it: valid until the next batch is asked for.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  maxLineBytes: number,
): AsyncGenerator<readonly Line[], void, undefined> {
  let number = 1
  let parts: Uint8Array[] = []
  let length = 0
  let skipping = false
  for await (const chunk of chunks) {
    const batch: Line[] = []
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      const tail = chunk.subarray(start, end)
      if (!skipping) {
        if (length + tail.length > maxLineBytes) batch.push({ number, bytes: null })
        else if (parts.length === 0) batch.push({ number, bytes: tail })
        else batch.push({ number, bytes: join([...parts, tail], length + tail.length) })
      }
      number += 1
      parts = []
      length = 0
      skipping = false
      start = end + 1
    }
    const rest = chunk.length - start
    if (rest > 0 && !skipping) {
      length += rest
      if (length > maxLineBytes) {
        batch.push({ number, bytes: null })
        parts = []
        skipping = true
      } else {
        // A copy: the producer may fill the same buffer again for its next chunk.
        parts.push(new Uint8Array(chunk.subarray(start)))
      }
    }
    if (batch.length > 0) yield batch
  }
  if (!skipping && length > 0) yield [{ number, bytes: join(parts, length) }]
}
