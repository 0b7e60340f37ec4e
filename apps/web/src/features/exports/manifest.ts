import * as z from 'zod/mini'
import { countOf } from '../../lib/format.ts'

/** The parts of a release manifest (chartward-release-manifest/1) that the console shows. */
const count = z.number()

const manifestSchema = z.object({
  patients: count,
  /** Absent from manifests of releases that were made before records were left out. */
  patientsLeftOut: z.optional(count),
  recordsLeftOut: z.optional(z.record(z.string(), count)),
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

const REASONS: Readonly<Record<string, string>> = {
  labelled: 'with a security label that restricts who may see it',
  'not-understood': 'changed by something that this system does not understand',
  retracted: 'taken back: entered in error, cancelled, or deleted at the source',
  negated: 'saying that something is not so, or is not to be done',
}

/**
 * What was kept out of the release for what it means, with the reason in words, or null for a manifest that
 * says nothing of it.
 */
export const leftOutOf = ({ patientsLeftOut, recordsLeftOut }: Manifest): string | null => {
  if (patientsLeftOut === undefined || recordsLeftOut === undefined) return null
  const records = Object.entries(recordsLeftOut)
    .filter(([, many]) => many > 0)
    .map(([why, many]) => `${countOf(many, 'record')} ${REASONS[why] ?? 'for another reason'}`)
  const people = `${countOf(patientsLeftOut, 'whole patient')} whose own record is one of these`
  const all = patientsLeftOut > 0 ? [people, ...records] : records
  return all.length === 0 ? 'Nothing' : all.join('; ')
}

/** "Built-in, version 4" for "built-in/4"; another form stands as it is. */
export const policyText = (version: string): string => {
  const [, name, number] = /^(built-in)\/(\d+)$/.exec(version) ?? []
  return name === undefined ? version : `Built-in, version ${number}`
}
