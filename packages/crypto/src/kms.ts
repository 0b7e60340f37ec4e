/**
 * Where the root key lives. A provider wraps KEKs only, at start and on rotation: DEKs are wrapped
 * locally under a KEK, so that a cold patient costs no call to it and an outage of it stops no read.
 * The root key never leaves its provider.
 */
export interface KmsProvider {
  /** Short and constant, such as `local`; kept beside each wrapped KEK. */
  readonly name: string
  /** Wrap the 32 bytes of a KEK. The caller wipes `plain`. */
  wrap(plain: Buffer): Promise<Buffer>
  /** Undo `wrap`. Rejects with CryptoError `unwrap-failed` where the bytes are not this root's. */
  unwrap(wrapped: Buffer): Promise<Buffer>
}
