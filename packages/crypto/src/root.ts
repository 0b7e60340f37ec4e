import { hmacSha256 } from './hmac.ts'
import type { KekPlace, KmsProvider } from './kms.ts'
import { kwpUnwrap, kwpWrap } from './kwp.ts'

const LABEL = 'chartward/v1/root-name'
const NAME_BYTES = 8

/**
 * A provider whose root's 32 bytes are in this process: AES-256-KWP (RFC 5649) under them, which takes no
 * associated data. Its name has the first 8 bytes of HMAC-SHA-256(root, label).
 */
export class RootKms implements KmsProvider {
  readonly name: string
  /** Private to the runtime, so that no printer or serialiser of objects shows it. */
  readonly #root: Buffer

  constructor(kind: string, root: Buffer) {
    this.#root = root
    this.name = `${kind}/${hmacSha256(root, LABEL).subarray(0, NAME_BYTES).toString('hex')}`
  }

  named(name: string): KmsProvider | undefined {
    return name === this.name ? this : undefined
  }

  async wrap(plain: Buffer, _place: KekPlace): Promise<Buffer> {
    return kwpWrap(this.#root, plain)
  }

  async unwrap(wrapped: Buffer, _place: KekPlace): Promise<Buffer> {
    return kwpUnwrap(this.#root, wrapped)
  }
}
