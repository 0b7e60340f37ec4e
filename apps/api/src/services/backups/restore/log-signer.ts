import { formatCheckpoint, formatVerifierKey, signCheckpoint, signNote } from '@chartward/audit'
import { ed25519PublicKey, ed25519Sign } from '@chartward/crypto'
import type { LogSigner } from './fork-log.ts'

/** What signs for the log of `origin` with its own key: `seed` is that of the sequencer's `signing.key`. */
export const logSignerOf = (
  seed: Uint8Array,
  origin: string,
): LogSigner & { readonly verifierKey: string } => {
  const publicKey = ed25519PublicKey(seed)
  const sign = (message: Uint8Array) => ed25519Sign(seed, message)
  return {
    verifierKey: formatVerifierKey(origin, publicKey),
    checkpoint: (size, root) =>
      signCheckpoint(formatCheckpoint({ origin, size, root }), origin, sign, publicKey),
    note: (text) => signNote(text, origin, sign, publicKey),
  }
}
