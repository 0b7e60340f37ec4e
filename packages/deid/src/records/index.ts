export type { Detector } from '../shared/verifiers/detector.ts'
export { compileNeedles } from '../shared/verifiers/detector.ts'
export type { Needle, NeedleKind } from '../shared/verifiers/needle.ts'
export {
  buildManifest,
  type LeftOut,
  type LeftOutCounts,
  MANIFEST_FORMAT,
  type Manifest,
  type ManifestField,
  type ManifestInput,
  manifestJson,
  NOTHING_LEFT_OUT,
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
export { CATEGORY_COVERAGE, type CategoryCoverage } from './safe-harbor/categories.ts'
export { createFieldTally, type FieldCounts, type FieldOutcome, type FieldTally } from './tally.ts'
export { type Finding, findIdentifiers, type Verification } from './verify/find-identifiers.ts'
export { needlesOf } from './verify/needles.ts'
export { csvWriter } from './writers/csv.ts'
export { type CsvColumn, csvColumns } from './writers/csv-columns.ts'
export { fhirJson } from './writers/fhir-json.ts'
export { ndjsonWriter } from './writers/ndjson.ts'
export { type ZipEntry, zipStream } from './writers/zip.ts'
