export type { FindingCode, Place, TableFinding } from './table/finding.ts'
export type { ReleaseFolder } from './table/folder.ts'
export type { Recomputed } from './table/recompute.ts'
export { type TableVerification, type VerifyOptions, verifyRelease } from './table/verify-release.ts'
