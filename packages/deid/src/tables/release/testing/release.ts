import { createIdMap } from '../../../shared/id-map.ts'
import { countingIds } from '../../../shared/testing/counting-ids.ts'
import { ZIP3_POPULATIONS } from '../../../shared/zip3.ts'
import { createScrubber } from '../../../text/scrubber.ts'
import type { Plan } from '../../format/plan.ts'
import type { TableManifest } from '../../format/table-release.ts'
import { search } from '../../search/search.ts'
import { TableBuilder } from '../../table/table-builder.ts'
import { type TableVerification, verifyTableRelease } from '../../verify/index.ts'
import { type BuildInputs, buildTableRelease } from '../build-table-release.ts'

/** A release in memory: its files by name. */
export interface Built {
  readonly manifest: TableManifest
  readonly files: ReadonlyMap<string, Buffer>
}

/** Makes a release of rows (the first names the columns) by a plan, as the command line does. */
export const release = async (
  plan: Plan,
  [names = [], ...rows]: readonly (readonly string[])[],
  given: Partial<BuildInputs> = {},
): Promise<Built> => {
  const builder = new TableBuilder(names)
  for (const row of rows) builder.append(row)
  const files = new Map<string, Buffer>()
  const manifest = await buildTableRelease(
    {
      plan,
      table: builder.build(),
      sourceColumns: names.length,
      rowsOfFile: () => [],
      key: Buffer.alloc(32, 7),
      exportId: 'this export',
      ids: createIdMap(countingIds()),
      scrubber: createScrubber(),
      ...given,
    },
    async (method, problem) => search(method, problem, { seed: plan.seed }),
    {
      write: async (name, chunks) => {
        const pieces: Uint8Array[] = []
        for await (const chunk of chunks) pieces.push(chunk)
        files.set(name, Buffer.concat(pieces))
      },
    },
  )
  return { manifest, files }
}

export const verify = ({ files }: Pick<Built, 'files'>): Promise<TableVerification> =>
  verifyTableRelease(
    {
      names: async () => [...files.keys()],
      read: async function* (name) {
        yield files.get(name) ?? Buffer.alloc(0)
      },
    },
    { zip3Populations: ZIP3_POPULATIONS },
  )

/** The rows of a release's CSV, the header first. For cells without quotes. */
export const cellsOf = ({ files }: Pick<Built, 'files'>): string[][] =>
  String(files.get('data.csv'))
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','))
