import type { TableManifest } from '../format/table-release.ts'
import type { CanaryWatch } from './canaries.ts'
import type { Findings } from './finding.ts'
import type { FileFacts, ReleaseFolder } from './folder.ts'
import { MANIFEST, type ReadManifest } from './read-manifest.ts'

export const CSV = 'data.csv'
export const PARQUET = 'data.parquet'
export const COMPANIONS = ['dictionary.json', 'report.json', 'report.html'] as const

/** A release while it is verified. */
export interface Release extends ReadManifest {
  readonly folder: ReleaseFolder
  readonly present: ReadonlySet<string>
  readonly findings: Findings
  readonly watch: CanaryWatch
}

const expectedFiles = ({ plan }: TableManifest): readonly string[] => [
  ...(plan.formats.includes('csv') ? [CSV] : []),
  ...(plan.formats.includes('parquet') ? [PARQUET] : []),
  ...COMPANIONS,
]

/** The folder holds the files of the format and no other, and the manifest lists each once. */
export const checkFileList = ({ manifest, present, findings }: Release): void => {
  const expected = new Set(expectedFiles(manifest))
  for (const name of expected) {
    if (!present.has(name)) findings.add('missing-file', { file: name }, 'The release lacks it.')
    const listed = manifest.files.filter((file) => file.name === name).length
    if (listed !== 1)
      findings.add('bad-manifest', { file: MANIFEST }, `It lists "${name}" ${listed} times, and not once.`)
  }
  // A name that is none of the format's may itself be a value: it is not repeated.
  for (const name of present)
    if (name !== MANIFEST && !expected.has(name))
      findings.add('extra-file', {}, 'Something stands in the folder that is no part of a release.')
  for (const { name } of manifest.files)
    if (!expected.has(name))
      findings.add('bad-manifest', { file: MANIFEST }, 'It lists a file that is no part of the release.')
}

/** The file has the size and the hash that the manifest names. */
export const checkFacts = ({ manifest, findings }: Release, name: string, facts: FileFacts): void => {
  const listed = manifest.files.find((file) => file.name === name)
  if (listed !== undefined && listed.bytes !== facts.bytes)
    findings.add(
      'wrong-size',
      { file: name },
      `It has ${facts.bytes} bytes, the manifest says ${listed.bytes}.`,
    )
  if (listed !== undefined && listed.sha256 !== facts.sha256)
    findings.add('wrong-hash', { file: name }, 'Its SHA-256 is not the one that the manifest names.')
}

/** Whether a file is there and belongs there. */
export const has = ({ manifest, present }: Release, name: string): boolean =>
  present.has(name) && expectedFiles(manifest).includes(name)
