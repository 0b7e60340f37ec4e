import { Zip, ZipDeflate } from 'fflate'
import { DeidError } from '../../shared/errors.ts'

export interface ZipEntry {
  readonly name: string
  readonly chunks: AsyncIterable<Uint8Array | string>
}

/** The last size and offset that a ZIP without ZIP64 can state (APPNOTE 4.4.8). */
const MAX_BYTES = 0xffff_fffe
const MAX_FILES = 0xfffe
const SAFE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/
/** The first date that a ZIP can state: the same files give the same bytes whenever they are packed. */
const FIRST_DATE = new Date(1980, 0, 1)

const tooLarge = () =>
  new DeidError('file-too-large', 'A ZIP of more than 4 GiB is not written: ask for fewer records or types.')

/**
 * Packs files into one ZIP while they are being made (deflate, data descriptors), holding no more than a
 * chunk of each. Names are plain file names, each once. Throws `bad-file-name`, `file-too-large` (a file or
 * the ZIP over `maxBytes`, 4 GiB unless told), `too-many-files`.
 */
export async function* zipStream(
  files: AsyncIterable<ZipEntry> | Iterable<ZipEntry>,
  { maxBytes = MAX_BYTES }: { readonly maxBytes?: number } = {},
): AsyncGenerator<Uint8Array> {
  const limit = Math.min(maxBytes, MAX_BYTES)
  const encoder = new TextEncoder()
  const ready: Uint8Array[] = []
  const names = new Set<string>()
  let failure: Error | null = null
  let written = 0
  const zip = new Zip((error, chunk) => {
    if (error !== null) failure = error
    else if (chunk.length > 0) ready.push(chunk)
  })
  const drain = function* () {
    if (failure !== null) throw failure
    for (const chunk of ready.splice(0)) {
      written += chunk.length
      if (written > limit) throw tooLarge()
      yield chunk
    }
  }
  for await (const { name, chunks } of files) {
    if (!SAFE_NAME.test(name) || names.has(name.toLowerCase()))
      throw new DeidError('bad-file-name', 'A file in a ZIP needs a plain name of its own.')
    names.add(name.toLowerCase())
    if (names.size > MAX_FILES) throw new DeidError('too-many-files', 'A ZIP holds at most 65,534 files.')
    const file = new ZipDeflate(name, { level: 6 })
    file.mtime = FIRST_DATE
    zip.add(file)
    let size = 0
    for await (const chunk of chunks) {
      const bytes = typeof chunk === 'string' ? encoder.encode(chunk) : chunk
      size += bytes.length
      if (size > limit) throw tooLarge()
      file.push(bytes)
      yield* drain()
    }
    file.push(new Uint8Array(0), true)
    yield* drain()
  }
  zip.end()
  yield* drain()
}
