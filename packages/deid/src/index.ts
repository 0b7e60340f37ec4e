export { DeidError, type DeidErrorCode } from './errors.ts'
export {
  buildManifest,
  MANIFEST_FORMAT,
  type Manifest,
  type ManifestField,
  type ManifestInput,
  manifestJson,
  type ReleasedFile,
} from './manifest.ts'
export type {
  Area,
  Code,
  Comparator,
  DeidQuantity,
  DeidRecord,
  DeidReference,
  DeidValue,
  SourceRecord,
} from './record.ts'
export { AGE_GROUP, type PersonFacts } from './safe-harbor/age.ts'
export { type SafeHarborContext, safeHarborRecord } from './safe-harbor/apply.ts'
export { CATEGORY_COVERAGE, type CategoryCoverage, type CategoryLetter } from './safe-harbor/categories.ts'
export { createIdMap, type IdMap } from './safe-harbor/ids.ts'
export { ZIP3_POPULATIONS, ZIP3_SOURCE, ZIP3_TABLE_HASH, ZIP3_THRESHOLD, zip3Of } from './safe-harbor/zip3.ts'
export { createFieldTally, type FieldCounts, type FieldOutcome, type FieldTally } from './tally.ts'
export { compileNeedles, type Detector } from './verify/detector.ts'
export { type Needle, type NeedleKind, needlesOf } from './verify/needles.ts'
export { type Finding, findIdentifiers, type Verification } from './verify/verify.ts'
export { csvWriter } from './writers/csv.ts'
export { type Cell, type Column, csvColumns } from './writers/csv-columns.ts'
export { fhirJson } from './writers/fhir-json.ts'
export { ndjsonWriter } from './writers/ndjson.ts'
export { type ZipEntry, zipStream } from './writers/zip.ts'
