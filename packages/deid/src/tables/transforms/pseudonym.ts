import type { Apply, TransformContext } from './context.ts'
import { exportKey, macOf } from './export-key.ts'

/** 128 bits, so that no two values of any export meet by chance. */
const BYTES = 16

/** HMAC-SHA-256 of the value under the column's key of this export: base64url, 22 characters. */
export const pseudonym = (context: TransformContext): Apply => {
  const key = exportKey('pseudonym', context, context.column)
  return (value) => macOf(key, [value]).subarray(0, BYTES).toString('base64url')
}
