import { createHash } from 'node:crypto'
import type { Zip3Populations } from './cell-rules.ts'
import { MANIFEST } from './read-manifest.ts'
import type { Release } from './release.ts'

/**
 * The table that ZIP Codes are checked by is there where it is needed, and the one that the manifest names.
 */
export const checkZip3Table = (
  { manifest, findings }: Release,
  populations: Zip3Populations | undefined,
): void => {
  const { profile, columns } = manifest
  if (populations === undefined) {
    if (profile === 'safe-harbor' && columns.some(({ content }) => content === 'zip'))
      findings.add(
        'zip3-table',
        {},
        'ZIP Codes are released, and no table of populations is given to check them by.',
      )
    return
  }
  const hash = createHash('sha256')
  for (const zip3 of [...populations.keys()].sort()) hash.update(`${zip3} ${populations.get(zip3)}\n`)
  if (hash.digest('hex') !== manifest.zip3Table.sha256)
    findings.add(
      'zip3-table',
      { file: MANIFEST },
      'The table of populations is not the one that the manifest names.',
    )
}
