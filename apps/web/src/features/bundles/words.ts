import type { BundleKind } from '@chartward/audit'

/** What each kind of bundle is. */
export const KINDS: Readonly<Record<BundleKind, string>> = {
  review: 'Access review',
  release: 'Release of an export',
  certificate: 'Certificate',
  evidence: 'Evidence pack',
}
