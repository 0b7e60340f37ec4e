import { MAX_LINE_LENGTH } from './format.ts'

/**
 * The lines of a byte stream in UTF-8, without their newlines. Memory stays flat: a line beyond the longest
 * that a bundle may hold is cut just above that length, so that the verifier still sees it as too long.
 */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder()
  let line = ''
  let open = false
  const extend = (part: string) => {
    open = true
    line += part.slice(0, MAX_LINE_LENGTH + 1 - line.length)
  }
  for await (const chunk of chunks) {
    const text = decoder.decode(chunk, { stream: true })
    let start = 0
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      extend(text.slice(start, end))
      yield line
      line = ''
      open = false
      start = end + 1
    }
    if (start < text.length) extend(text.slice(start))
  }
  const rest = decoder.decode()
  if (rest !== '') extend(rest)
  if (open) yield line
}
