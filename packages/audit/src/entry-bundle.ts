import { concatBytes } from './bytes.ts'
import { AuditError } from './errors.ts'
import { MAX_ENTRY_BYTES } from './leaf.ts'

/*
 * C2SP tlog-tiles (c2sp.org/tlog-tiles), entry bundles: entries in the order of the log, 256 to a bundle,
 * each behind its length in 16 big-endian bits. The last bundle of a tree is partial, and named by its width.
 */

/** Entries in a bundle that is full. */
export const BUNDLE_WIDTH = 256

/**
 * `1234067` as `x001/x234/067`: three digits a path element, so that no folder holds more than 1,001 names.
 */
export const tilePath = (index: number): string => {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) ?? []
  return groups.map((group, i) => (i === groups.length - 1 ? group : `x${group}`)).join('/')
}

/** Throws `entry-too-large` for an entry beyond 65,535 bytes. */
export const formatEntryBundle = (entries: readonly Uint8Array[]): Uint8Array =>
  concatBytes(
    entries.flatMap((bytes) => {
      if (bytes.length > MAX_ENTRY_BYTES)
        throw new AuditError('entry-too-large', 'an audit entry is over 65,535 bytes')
      return [Uint8Array.of(bytes.length >> 8, bytes.length & 0xff), bytes]
    }),
  )

/** The entries of a bundle, as views of it. Throws `malformed-bundle` where it ends within one. */
export const parseEntryBundle = (bundle: Uint8Array): Uint8Array[] => {
  const entries: Uint8Array[] = []
  for (let at = 0; at < bundle.length; ) {
    const start = at + 2
    const end = start + (((bundle[at] ?? 0) << 8) | (bundle[at + 1] ?? 0))
    if (start > bundle.length || end > bundle.length)
      throw new AuditError('malformed-bundle', 'an entry bundle ends in the middle of an entry')
    entries.push(bundle.subarray(start, end))
    at = end
  }
  return entries
}
