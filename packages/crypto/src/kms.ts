/** What a wrapped KEK is bound to, told to the provider along with it. */
export interface KekPlace {
  /** What names the installation for good: the origin of its log. */
  readonly installation: string
  /** The KEK's id (UUID). */
  readonly kekId: string
}

/**
 * Where the root key lives. A provider wraps KEKs only, at start, once an hour and on rotation: DEKs are
 * wrapped locally under a KEK, so that a cold patient costs no call to it and an outage of it stops no read.
 * The root key never leaves its provider. Called by `wrapKek` and `unwrapKek` alone, which bind what is
 * wrapped whatever the provider does.
 */
export interface KmsProvider {
  /**
   * The kind, a slash, and 16 hex digits that tell this root from any other: kept beside each wrapped KEK, so
   * that a key of another root is known without a try. It says nothing of the root.
   */
  readonly name: string
  /**
   * The provider that has wrapped what is kept beside `name`: this one, or one that stands beside it while
   * KEKs are moved from one to the other. Undefined where it is neither.
   */
  named(name: string): KmsProvider | undefined
  /** Wrap the bytes that hold a KEK, at most 128. The caller wipes `plain`. */
  wrap(plain: Buffer, place: KekPlace): Promise<Buffer>
  /**
   * Undo `wrap`, in memory that the caller wipes. Rejects with CryptoError `unwrap-failed` where the bytes
   * are not what this root has wrapped, and with another error where there is no answer.
   */
  unwrap(wrapped: Buffer, place: KekPlace): Promise<Buffer>
}
