import { formatCheckpoint, formatVerifierKey, signCheckpoint } from '@chartward/audit'
import { ed25519PublicKey, ed25519Sign } from '@chartward/crypto'

/** Signs checkpoints of one log. Only the sequencer's process has the seed. */
export interface Signer {
  readonly verifierKey: string
  /** The signed note (C2SP tlog-checkpoint) over a tree head. */
  sign(size: number, root: Uint8Array): string
}

/** `seed` is 32 bytes, `origin` the log's name, which is also the key's. */
export const createSigner = (seed: Uint8Array, origin: string): Signer => {
  const publicKey = ed25519PublicKey(seed)
  return {
    verifierKey: formatVerifierKey(origin, publicKey),
    sign: (size, root) =>
      signCheckpoint(
        formatCheckpoint({ origin, size, root }),
        origin,
        (message) => ed25519Sign(seed, message),
        publicKey,
      ),
  }
}
