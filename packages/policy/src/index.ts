export * from './catalog/index.ts'
export * from './custom/check.ts'
export * from './custom/composition.ts'
export * from './custom/conflicts.ts'
export * from './custom/difference.ts'
export * from './custom/policy-with.ts'
export * from './decide.ts'
export type * from './decision.ts'
export type { FieldGrant } from './field-grants.ts'
export type * from './ids.ts'
export { findDuplicateKey, type JsonPath } from './json/duplicate-key.ts'
export { digitsOf, ExactNumber, isInRange, isNumeric, numberOf } from './json/exact-number.ts'
export { parseExact, parseJson } from './json/parse-exact.ts'
export { US_STATES } from './masks/us-states.ts'
export * from './masks.ts'
export * from './permissions.ts'
export * from './permits.ts'
export * from './policy.ts'
export * from './project.ts'
export * from './reasons.ts'
export * from './redaction.ts'
export * from './roles.ts'
export type { Redactions, Rows, Scope } from './scope.ts'
export { fieldAccess, isScope, readableClasses, redactions, scopeUnder, searchableFields } from './scope.ts'
export * from './security-labels.ts'
export {
  expandSelector,
  type FieldSelector,
  isExact,
  READABLE_CLASSES,
  type ReadableClass,
  type ReadablePath,
} from './selectors.ts'
