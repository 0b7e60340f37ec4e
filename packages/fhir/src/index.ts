export type { BundleResource } from './bundle.ts'
export * from './claim-amounts.ts'
export * from './claim-keys.ts'
export { compareDecimals } from './compare-decimals.ts'
export { Coverage, type CoverageReport, type TypeCoverage } from './coverage.ts'
export * from './current.ts'
export * from './display.ts'
export { deletedId, type EntryIds, entryIdsOf } from './entry-ids.ts'
export * from './errors.ts'
export { isInForce } from './in-force.ts'
export { parse as parseJson } from './interpret.ts'
export type { FhirResource } from './json.ts'
export { labelClasses } from './labels.ts'
export { type CareLink, linksOf, type RecordLinks, type SaidPeriod } from './links.ts'
export {
  deletedFields,
  isDeleted,
  isWithdrawn,
  type MappedRecord,
  type RecordFields,
  toRecord,
  withdrawnFields,
} from './map.ts'
export { type Meaning, meaningOf, type Standing, securityLabels } from './meaning.ts'
export { npiOf, npisOf } from './npi.ts'
export { type Bundle, generatePopulation, type PopulationOptions } from './population/bundle.ts'
export { Prng } from './population/prng.ts'
export type { Who } from './practitioner-reference.ts'
export { isKnownType } from './r4-types.ts'
export * from './read.ts'
export { referenceId } from './references.ts'
export * from './search-values.ts'
export { normalBase, sourceIdOf, splitSourceId } from './source-id.ts'
export * from './title.ts'
export { fromRecord, undeclared } from './unmap.ts'
