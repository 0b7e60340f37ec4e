import { startSha256 } from '#sha256'
import { equalBytes, utf8 } from '../bytes.ts'
import { type NoteSigner, signNoteWith } from '../signed-note.ts'
import { BundleError } from './errors.ts'
import {
  type BundleFile,
  type BundleManifest,
  type BundleProofs,
  CHECKPOINT,
  FILES,
  formatBundleManifest,
  formatBundleProofs,
  MANIFEST,
  PROOFS,
} from './format.ts'
import { BLOCK, isSafeName, MAX_FILE_BYTES, paddingOf, tarHeader } from './tar.ts'

/** What goes into a bundle; `open` gives the same bytes each time. */
export interface BundleSource {
  /** Letters, digits, `_`, `.` and `-`, in folders by `/`. */
  name: string
  open: () => AsyncIterable<Uint8Array>
}

/** Size and hash of a source, read once. Throws BundleError `unsafe-name`, `too-large`. */
export const measureSource = async ({ name, open }: BundleSource): Promise<BundleFile> => {
  if (!isSafeName(FILES + name)) throw new BundleError('unsafe-name', 'a bundle holds no file of this name')
  const hasher = startSha256()
  let size = 0
  for await (const chunk of open()) {
    hasher.update(chunk)
    size += chunk.length
    if (size > MAX_FILE_BYTES) throw new BundleError('too-large', 'a file is over 8 GiB', name)
  }
  return { name, size, sha256: hasher.digest() }
}

/** The signed manifest, and the text that was signed: its hash is what the log is told. */
export const signBundleManifest = (
  manifest: BundleManifest,
  signer: NoteSigner,
): { readonly text: string; readonly note: string } => {
  const text = formatBundleManifest(manifest)
  return { text, note: signNoteWith(text, [signer]) }
}

export interface BundleParts {
  /** As `signBundleManifest` gives it. */
  note: string
  /** Signed, over a tree that has all entries of `proofs`. */
  checkpoint: string
  proofs: BundleProofs
  /** Those of the manifest, in its order. */
  files: readonly (BundleFile & Pick<BundleSource, 'open'>)[]
}

/**
 * The bytes of a bundle: of the same parts always the same. Rejects with BundleError `size-mismatch` and
 * `hash-mismatch` where a source gives other bytes than it gave when it was measured; what was written by
 * then is no bundle.
 */
export async function* writeBundle({
  note,
  checkpoint,
  proofs,
  files,
}: BundleParts): AsyncIterable<Uint8Array> {
  yield* whole(MANIFEST, utf8(note))
  yield* whole(CHECKPOINT, utf8(checkpoint))
  yield* whole(PROOFS, utf8(formatBundleProofs(proofs)))
  for (const { name, size, sha256, open } of files) {
    yield tarHeader(FILES + name, size)
    const hasher = startSha256()
    let left = size
    for await (const chunk of open()) {
      left -= chunk.length
      if (left < 0) break
      hasher.update(chunk)
      yield chunk
    }
    if (left !== 0) throw new BundleError('size-mismatch', 'a file has changed meanwhile', name)
    if (!equalBytes(hasher.digest(), sha256))
      throw new BundleError('hash-mismatch', 'a file has changed meanwhile', name)
    yield new Uint8Array(paddingOf(size))
  }
  yield new Uint8Array(2 * BLOCK)
}

function* whole(name: string, bytes: Uint8Array): Iterable<Uint8Array> {
  yield tarHeader(name, bytes.length)
  yield bytes
  yield new Uint8Array(paddingOf(bytes.length))
}
