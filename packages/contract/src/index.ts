export * from './accesses.ts'
export * from './account.ts'
export { addressKey, addressTrouble } from './address.ts'
export * from './approvals.ts'
export * from './audit.ts'
export * from './auth.ts'
export * from './backups.ts'
export * from './break-glass.ts'
export * from './care.ts'
export * from './claims.ts'
export * from './covers.ts'
export * from './custom-roles.ts'
export * from './exports.ts'
export * from './factors.ts'
export {
  department,
  displayName,
  employeeNumber,
  type HeldRole,
  id,
  newEmail,
  type PersonName,
  reason,
  type StartedWork,
  searchText,
  startedWork,
  userId,
} from './forms.ts'
export * from './home.ts'
export {
  type IntegrityCode,
  type IntegrityProblem,
  type IntegrityReport,
  integrityCode,
  integrityReport,
  type UncheckedPart,
} from './integrity.ts'
export { INTEGRITY_MEANINGS, UNCHECKED_PARTS } from './integrity-words.ts'
export * from './keys.ts'
export * from './needs-you.ts'
export * from './notices.ts'
export * from './own-accesses.ts'
export * from './patient-accounts.ts'
export * from './patients.ts'
export * from './people.ts'
export * from './records.ts'
export * from './roles.ts'
export * from './search-plan.ts'
export * from './sessions.ts'
export * from './shreds.ts'
export * from './upload-results.ts'
export * from './upload-route.ts'
export * from './uploads.ts'
export * from './users.ts'
export * from './why.ts'
export * from './words.ts'
export * from './works.ts'
