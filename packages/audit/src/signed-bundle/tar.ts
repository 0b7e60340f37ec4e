import { utf8 } from '../bytes.ts'
import { BundleError } from './errors.ts'

/*
 * POSIX ustar (IEEE 1003.1, pax, "ustar Interchange Format") in its plainest form, so that any tar opens a
 * bundle and a file has one spelling: regular files of mode 0644, of nobody and no time, named in the first
 * field alone; two empty blocks end it, and nothing comes after.
 */
export const BLOCK = 512
/** What eleven octal digits hold: just under 8 GiB. */
export const MAX_FILE_BYTES = 0o77777777777
const MAX_NAME_BYTES = 100

const SEGMENT = '[A-Za-z0-9_][A-Za-z0-9_.-]*'
const NAME = new RegExp(`^${SEGMENT}(?:/${SEGMENT})*$`)

/**
 * Whether a name is one that a bundle may hold: letters, digits, `_`, `.` and `-`, in folders by `/`; no part
 * begins with a dot, so that none leads anywhere else when it is unpacked.
 */
export const isSafeName = (name: string): boolean => name.length <= MAX_NAME_BYTES && NAME.test(name)

/** The header block of a file. */
export const tarHeader = (name: string, size: number): Uint8Array => {
  const block = new Uint8Array(BLOCK)
  const put = (at: number, text: string) => block.set(utf8(text), at)
  put(0, name)
  put(100, '0000644\0')
  put(108, '0000000\0')
  put(116, '0000000\0')
  put(124, `${size.toString(8).padStart(11, '0')}\0`)
  put(136, '00000000000\0')
  put(148, '        ')
  put(156, '0')
  put(257, 'ustar\0')
  put(263, '00')
  put(329, '0000000\0')
  put(337, '0000000\0')
  const sum = block.reduce((total, byte) => total + byte, 0)
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `)
  return block
}

/** Zeros up to the next block. */
export const paddingOf = (size: number): number => (BLOCK - (size % BLOCK)) % BLOCK

/** Reads a stream of chunks in the portions that a caller asks for, and holds no more than one chunk. */
export class Portions {
  readonly #chunks: AsyncIterator<Uint8Array>
  #chunk: Uint8Array = new Uint8Array(0)

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]()
  }

  /** Up to `most` bytes, none at the end of the stream. */
  async next(most: number): Promise<Uint8Array> {
    while (this.#chunk.length === 0) {
      const { done, value } = await this.#chunks.next()
      if (done === true) return this.#chunk
      this.#chunk = value
    }
    const portion = this.#chunk.subarray(0, most)
    this.#chunk = this.#chunk.subarray(portion.length)
    return portion
  }

  /** Gives `size` bytes in portions to `take`. Throws `truncated`. */
  async pass(size: number, take: (portion: Uint8Array) => void): Promise<void> {
    for (let left = size; left > 0; ) {
      const portion = await this.next(left)
      if (portion.length === 0) throw new BundleError('truncated', 'the file ends before the bundle does')
      take(portion)
      left -= portion.length
    }
  }

  /** Exactly `size` bytes, which must be few. */
  async exactly(size: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(size)
    let at = 0
    await this.pass(size, (portion) => {
      bytes.set(portion, at)
      at += portion.length
    })
    return bytes
  }

  /** Lets the source go. */
  async close(): Promise<void> {
    await this.#chunks.return?.()
  }
}

/**
 * Name and size of the next file; null at the bundle's end, after which nothing may come. Throws
 * `not-a-bundle`, `unsafe-name`, `trailing-data`, `truncated`.
 */
export const readTarHeader = async (
  portions: Portions,
): Promise<{ readonly name: string; readonly size: number } | null> => {
  const block = await portions.exactly(BLOCK)
  if (isEmpty(block)) {
    if (!isEmpty(await portions.exactly(BLOCK)))
      throw new BundleError('trailing-data', 'something comes after the end of the bundle')
    if ((await portions.next(1)).length > 0)
      throw new BundleError('trailing-data', 'something comes after the end of the bundle')
    return null
  }
  const end = block.indexOf(0)
  const name = latin1(block.subarray(0, end < 0 || end > MAX_NAME_BYTES ? MAX_NAME_BYTES : end))
  if (!isSafeName(name))
    throw new BundleError('unsafe-name', 'a file has a name that leads elsewhere, or holds other characters')
  const digits = latin1(block.subarray(124, 135))
  const size = /^[0-7]{11}$/.test(digits) ? Number.parseInt(digits, 8) : -1
  const expected = size < 0 ? null : tarHeader(name, size)
  if (expected === null || !block.every((byte, i) => byte === expected[i]))
    throw new BundleError('not-a-bundle', 'the header of a file is not one that a bundle has', name)
  return { name, size }
}

/** Throws `not-a-bundle` unless the zeros after a file are zeros. */
export const readPadding = async (portions: Portions, { name, size }: { name: string; size: number }) => {
  if (!isEmpty(await portions.exactly(paddingOf(size))))
    throw new BundleError('not-a-bundle', 'something stands between two files', name)
}

const isEmpty = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0)
const latin1 = (bytes: Uint8Array): string => String.fromCharCode(...bytes)
