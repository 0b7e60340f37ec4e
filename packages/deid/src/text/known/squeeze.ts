import { viewOf } from '../view.ts'

/**
 * Letters and digits of a view in lower case, with nothing between them, and where in the view each stands.
 */
export interface Squeezed {
  readonly text: string
  readonly at: Uint32Array
}

const RUN = /[\p{L}\p{N}]+/gu

/** Lower case of the same length: a final sigma is a sigma. */
const lowered = (run: string): string => {
  const lower = run.toLowerCase().replaceAll('ς', 'σ')
  return lower.length === run.length
    ? lower
    : Array.from(run, (character) => {
        const one = character.toLowerCase()
        return one.length === character.length ? one : character
      }).join('')
}

export const squeezeView = (text: string): Squeezed => {
  const pieces: string[] = []
  const at = new Uint32Array(text.length)
  let length = 0
  for (const match of text.matchAll(RUN)) {
    pieces.push(lowered(match[0]))
    for (let unit = 0; unit < match[0].length; unit++) at[length++] = match.index + unit
  }
  return { text: pieces.join(''), at: at.subarray(0, length) }
}

/** A known value in the same form. */
export const squeeze = (value: string): string => squeezeView(viewOf(value).text).text
