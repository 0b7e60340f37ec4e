import type { Plan } from '../src/format/plan.ts'
import type { TableManifest } from '../src/format/table-release.ts'
import { type BuildInputs, buildRelease } from '../src/release/build.ts'
import { createIdMap } from '../src/safe-harbor/ids.ts'
import { ZIP3_POPULATIONS } from '../src/safe-harbor/zip3.ts'
import { createScrubber } from '../src/scrub/scrubber.ts'
import { search } from '../src/search/search.ts'
import { TableBuilder } from '../src/table/table-builder.ts'
import { type TableVerification, verifyRelease } from '../src/verify/index.ts'
import { countingIds } from './ids.ts'

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
  const manifest = await buildRelease(
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
  verifyRelease(
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
