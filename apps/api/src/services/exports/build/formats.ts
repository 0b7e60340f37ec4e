import type { schema } from '@chartward/db'

export type ReleaseFormat = typeof schema.releaseChunks.$inferSelect.format

export const RELEASE_FORMATS = ['csv', 'ndjson'] as const satisfies readonly ReleaseFormat[]

export const MANIFEST_FILE = 'manifest.json'
