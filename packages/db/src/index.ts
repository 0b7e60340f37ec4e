export { arrayText, byteaArrayText } from './array-text.ts'
export { byteaArray } from './bytea-array.ts'
export { compareCatalog, type Difference } from './catalog/compare-catalog.ts'
export { readManifest } from './catalog/manifest.ts'
export { readCatalog } from './catalog/read-catalog.ts'
export * from './copy.ts'
export * from './database.ts'
export {
  DATABASE_ROLES,
  type DatabaseRole,
  type EmbeddedServer,
  findEmbedded,
  freePort,
  startEmbedded,
} from './embedded/server.ts'
export * from './errors.ts'
export {
  appliedSchema,
  MigrationRefused,
  makeEarlierMonths,
  migrate,
  type SchemaVersion,
  schemaVersion,
} from './migrate.ts'
export * as schema from './schema/index.ts'
export * from './transaction.ts'
