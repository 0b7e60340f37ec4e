export type { FindingCode, Place, TableFinding } from './finding.ts'
export type { ReleaseFolder } from './folder.ts'
export type { Recomputed } from './recompute.ts'
export { type TableVerification, type VerifyOptions, verifyTableRelease } from './verify-table-release.ts'
