import { fromBase64, toBase64, verifyConsistency } from '@chartward/audit'
import { SEEN_HEAD_KEY } from './seen-head.ts'

/**
 * The last tree head that this browser has verified: its size and root, which say nothing about anyone. Every
 * newer head has to be consistent with it, so that a log that was rewritten since the last visit can't pass.
 */

export interface SeenHead {
  readonly size: number
  /** Base64 of 32 bytes. */
  readonly root: string
}

export interface HeadToCompare {
  readonly size: number
  readonly root: Uint8Array
}

export type Continuity =
  | { readonly kind: 'first' }
  | { readonly kind: 'same'; readonly since: SeenHead }
  | { readonly kind: 'extended'; readonly since: SeenHead; readonly proof: readonly string[] }
  | { readonly kind: 'broken'; readonly since: SeenHead; readonly why: string }

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** What was remembered, or null: also for anything in storage that is not a head. */
export const recallHead = (store: Store): SeenHead | null => {
  const text = store.getItem(SEEN_HEAD_KEY)
  const match = text === null ? null : /^(\d{1,15}) ([A-Za-z0-9+/]{43}=)$/.exec(text)
  return match?.[1] === undefined || match[2] === undefined
    ? null
    : { size: Number(match[1]), root: match[2] }
}

export const rememberHead = (store: Store, head: HeadToCompare): void => {
  store.setItem(SEEN_HEAD_KEY, `${head.size} ${toBase64(head.root)}`)
}

export const forgetHead = (store: Store): void => store.removeItem(SEEN_HEAD_KEY)

/**
 * Whether `head`, whose signature is verified already, continues the log that was seen before. `fetchProof`
 * gives base64 hashes (RFC 9162 section 2.1.4) from the seen size to the new one; what it rejects with is
 * passed on.
 */
export const continuityOf = async (
  seen: SeenHead | null,
  head: HeadToCompare,
  fetchProof: (from: number, to: number) => Promise<readonly string[]>,
): Promise<Continuity> => {
  if (seen === null || seen.size === 0) return { kind: 'first' }
  if (head.size < seen.size)
    return { kind: 'broken', since: seen, why: 'The log is shorter than when this browser last saw it.' }
  if (head.size === seen.size) {
    return toBase64(head.root) === seen.root
      ? { kind: 'same', since: seen }
      : {
          kind: 'broken',
          since: seen,
          why: 'The log has as many entries as before, and they are not the same.',
        }
  }
  const proof = await fetchProof(seen.size, head.size)
  return consistent(seen, head, proof)
    ? { kind: 'extended', since: seen, proof }
    : {
        kind: 'broken',
        since: seen,
        why: 'The entries that this browser saw before are not the beginning of this log.',
      }
}

const consistent = (seen: SeenHead, head: HeadToCompare, proof: readonly string[]): boolean => {
  try {
    return verifyConsistency({
      size1: seen.size,
      root1: fromBase64(seen.root),
      size2: head.size,
      root2: head.root,
      proof: proof.map(fromBase64),
    })
  } catch {
    return false
  }
}
