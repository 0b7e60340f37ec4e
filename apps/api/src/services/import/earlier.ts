import { randomBytes } from 'node:crypto'
import type { ResourceType } from '@chartward/policy'
import type { Keyring } from '../../keys/keyring.ts'
import { contentToken, type SourceTokens } from './tokens.ts'

/** Which import has put something in the place of what was there. */
export const MARK_BYTES = 8
const TAG_BYTES = 16
const ITEM_BYTES = TAG_BYTES + MARK_BYTES
/** As many contents of one resource as are known again; of more, the oldest are forgotten. */
const MOST_EARLIER = 200
export const EARLIER_BYTES = MOST_EARLIER * ITEM_BYTES

export const newMark = (): Buffer => randomBytes(MARK_BYTES)

/**
 * Whether a source had sent this content of a resource before, and something else since: in an import before
 * this one, or in this one. The same tags as `content` has, made with any key that the row has had.
 */
export const sentEarlier = (
  keyring: Keyring,
  type: ResourceType,
  text: string,
  {
    ways,
    earlier,
    mark,
  }: { readonly ways: readonly SourceTokens[]; readonly earlier: Buffer; readonly mark: Buffer },
): 'no' | 'before' | 'in-this-run' => {
  if (earlier.length === 0) return 'no'
  const tags = new Set(
    ways
      .flat()
      .flatMap((row) =>
        [true, false].map((trusted) =>
          contentToken(keyring, type, text, { ...row, trusted }).toString('hex'),
        ),
      ),
  )
  let found: 'no' | 'before' | 'in-this-run' = 'no'
  for (let at = 0; at + ITEM_BYTES <= earlier.length; at += ITEM_BYTES) {
    if (!tags.has(earlier.toString('hex', at, at + TAG_BYTES))) continue
    if (!earlier.subarray(at + TAG_BYTES, at + ITEM_BYTES).equals(mark)) return 'before'
    found = 'in-this-run'
  }
  return found
}
