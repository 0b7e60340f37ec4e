export type { Model } from './format/model.ts'
export type { Plan, Profile } from './format/plan.ts'
export type { TableManifest } from './format/table-release.ts'
export { bindAttribute } from './hierarchy/bind.ts'
export { hierarchyFromRows } from './hierarchy/from-rows.ts'
export type { Attribute, Hierarchy } from './hierarchy/hierarchy.ts'
export { type Eligibility, eligibilityOf } from './plan/eligibility.ts'
export { parsePlan } from './plan/parse.ts'
export type { Method, Problem, Progress, Solution } from './problem.ts'
export {
  type BuildInputs,
  buildTableRelease,
  ENGINE,
  type ReleaseSink,
} from './release/build-table-release.ts'
export type { Searcher } from './release/solve.ts'
export { search } from './search/search.ts'
export { CsvScanner, type CsvSink } from './table/csv-scanner.ts'
export { readCsv } from './table/read-csv.ts'
export { type Column, columnOf, type Table } from './table/table.ts'
export { tableFromCsv } from './table/table-from-csv.ts'
export { isKeyed } from './transforms/context.ts'
