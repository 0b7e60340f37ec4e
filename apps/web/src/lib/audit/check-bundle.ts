import { AuditError, BundleError, type VerifiedBundle, verifyBundle } from '@chartward/audit'

export type BundleReport =
  | { readonly state: 'holds'; readonly bundle: VerifiedBundle }
  | { readonly state: 'broken'; readonly why: string; readonly file: string | null }
  | { readonly state: 'bad-key'; readonly why: string }

/**
 * Verifies a bundle in this tab, as it is read from the disk: nothing of it is kept, and nothing sent.
 * Rejects for a file that can't be read, and where `signal` aborts.
 */
export const checkBundle = async (
  file: Blob,
  verifierKey: string,
  onBytes: (count: number) => void,
  signal: AbortSignal,
): Promise<BundleReport> => {
  try {
    return { state: 'holds', bundle: await verifyBundle(chunksOf(file, signal), verifierKey, onBytes) }
  } catch (error) {
    if (error instanceof BundleError) return { state: 'broken', why: error.message, file: error.file }
    if (error instanceof AuditError) return { state: 'bad-key', why: error.message }
    throw error
  }
}

async function* chunksOf(file: Blob, signal: AbortSignal): AsyncIterable<Uint8Array> {
  const reader = file.stream().getReader()
  try {
    for (;;) {
      signal.throwIfAborted()
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel()
  }
}
