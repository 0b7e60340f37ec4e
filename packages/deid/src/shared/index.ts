export { canonicalJson } from './canonical-json.ts'
export { DeidError, type DeidErrorCode } from './errors.ts'
export { createIdMap, type IdMap } from './id-map.ts'
export { ZIP3_POPULATIONS, ZIP3_SOURCE, ZIP3_TABLE_HASH, ZIP3_THRESHOLD, zip3Of } from './zip3.ts'
