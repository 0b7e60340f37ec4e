import type { App } from '../../../app.ts'
import type { ImportOptions, ImportProblem } from '../import-fhir.ts'
import { importFiles } from '../import-files.ts'

/** A stream of texts, each a chunk. */
export async function* chunksOf(texts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield typeof text === 'string' ? Buffer.from(text) : text
}

/** Resources as NDJSON. */
export const ndjson = (...resources: readonly object[]): string =>
  resources.map((resource) => `${JSON.stringify(resource)}\n`).join('')

/** Imports texts as files by their names, in the order given, as one run. */
export const importTexts = async (
  app: App,
  files: Readonly<Record<string, string>>,
  options: Partial<ImportOptions> = {},
) => {
  const problems: ImportProblem[] = []
  const done = await importFiles(
    app,
    Object.entries(files).map(([name, text]) => ({ name, open: () => chunksOf([text]) })),
    {
      trusted: true,
      author: 'service:import',
      onProblem: (problem) => problems.push(problem),
      ...options,
    },
  )
  return { done, problems, codes: problems.map(({ code }) => code) }
}

export const patient = (id: string, family: string, more: object = {}) => ({
  resourceType: 'Patient',
  id,
  name: [{ family, given: ['Ada'] }],
  ...more,
})

export const condition = (id: string, of: string, text: string, more: object = {}) => ({
  resourceType: 'Condition',
  id,
  subject: { reference: of.includes('/') || of.startsWith('urn:') ? of : `Patient/${of}` },
  code: { text },
  ...more,
})
