import * as z from 'zod/mini'

/** The parts of a release manifest (chartward-release-manifest/1) that the console shows. */
const count = z.number()

const manifestSchema = z.object({
  patients: count,
  counts: z.record(z.string(), count),
  policyVersion: z.string(),
  basis: z.string(),
  files: z.array(z.object({ name: z.string(), bytes: count, sha256: z.string() })),
  fields: z.array(
    z.object({
      path: z.string(),
      class: z.string(),
      category: z.string(),
      treatment: z.string(),
      kept: count,
      grouped: count,
      suppressed: count,
    }),
  ),
  unnamedFieldsDropped: count,
  categories: z.array(
    z.object({
      letter: z.string(),
      title: z.string(),
      done: z.string(),
      fields: z.array(z.object({ path: z.string(), treatment: z.string() })),
    }),
  ),
  rules: z.object({
    ageGroup: z.string(),
    zip3: z.object({ source: z.string(), threshold: count, sha256: z.string() }),
  }),
})

export type Manifest = z.infer<typeof manifestSchema>

/** Null for anything that is not such a manifest: a page then says so instead of showing half of it. */
export const parseManifest = (value: unknown): Manifest | null => {
  const parsed = manifestSchema.safeParse(value)
  return parsed.success ? parsed.data : null
}
