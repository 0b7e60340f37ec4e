import * as z from 'zod/mini'
import { id, typed } from './forms.ts'

/** What people call the system that a file is from: ids of one are not those of another. */
export const uploadSourceName = typed(1, 40).check(
  z.regex(/^[a-z0-9][a-z0-9-]*$/, {
    message: 'lower-case letters, digits and dashes, a letter or digit first.',
  }),
)

/** What an upload may be called to be: what the request's content type says. */
export const UPLOAD_TYPES = ['application/fhir+json', 'application/fhir+ndjson', 'application/gzip'] as const

/** What one upload may have, in bytes as they are sent. */
export const MOST_UPLOAD_BYTES = 512 * 1024 * 1024

/** What the route of uploads answers. */
export const uploadAnswer = z.strictObject({ id, workId: id })

export type UploadAnswer = z.output<typeof uploadAnswer>
