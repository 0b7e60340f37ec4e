export { canonicalJson } from './canonical-json.ts'
export { DeidError, type DeidErrorCode } from './errors.ts'
export type { Model } from './format/model.ts'
export type { Plan, Profile } from './format/plan.ts'
export type { TableManifest } from './format/table-release.ts'
export { bindAttribute } from './hierarchy/bind.ts'
export { hierarchyFromRows } from './hierarchy/from-rows.ts'
export type { Attribute, Hierarchy } from './hierarchy/hierarchy.ts'
export {
  buildManifest,
  MANIFEST_FORMAT,
  type Manifest,
  type ManifestField,
  type ManifestInput,
  manifestJson,
  type ReleasedFile,
} from './manifest.ts'
export { type Eligibility, eligibilityOf } from './plan/eligibility.ts'
export { parsePlan } from './plan/parse.ts'
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
export { type BuildInputs, buildRelease, ENGINE, type ReleaseSink } from './release/build.ts'
export type { Searcher } from './release/solve.ts'
export { AGE_GROUP, type PersonFacts } from './safe-harbor/age.ts'
export { type SafeHarborContext, safeHarborRecord } from './safe-harbor/apply.ts'
export { CATEGORY_COVERAGE, type CategoryCoverage, type CategoryLetter } from './safe-harbor/categories.ts'
export { createIdMap, type IdMap } from './safe-harbor/ids.ts'
export { ZIP3_POPULATIONS, ZIP3_SOURCE, ZIP3_TABLE_HASH, ZIP3_THRESHOLD, zip3Of } from './safe-harbor/zip3.ts'
export type { KnownValues } from './scrub/known/values.ts'
export { createScrubber, type Scrubbed, type Scrubber, type ScrubberOptions } from './scrub/scrubber.ts'
export type { ScrubSpan } from './scrub/spans.ts'
export type { Method, Problem, Progress, Solution } from './search/problem.ts'
export { search } from './search/search.ts'
export { readCsv } from './table/read-csv.ts'
export { columnOf, type Table } from './table/table.ts'
export { tableFromCsv } from './table/table-from-csv.ts'
export { createFieldTally, type FieldCounts, type FieldOutcome, type FieldTally } from './tally.ts'
export { isKeyed } from './transforms/context.ts'
export { compileNeedles, type Detector } from './verify/detector.ts'
export { type Needle, type NeedleKind, needlesOf } from './verify/needles.ts'
export { type Finding, findIdentifiers, type Verification } from './verify/verify.ts'
export { csvWriter } from './writers/csv.ts'
export { type Cell, type Column, csvColumns } from './writers/csv-columns.ts'
export { fhirJson } from './writers/fhir-json.ts'
export { ndjsonWriter } from './writers/ndjson.ts'
export { type ZipEntry, zipStream } from './writers/zip.ts'
