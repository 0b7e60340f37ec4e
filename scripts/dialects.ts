import { execFile } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'

/*
 * The repository speaks one dialect. Biome holds what is syntax (biome.json: arrow functions, `#private`,
 * `it`); here is what it can't see: how long a comment's lines are, and where the helpers of tests stand.
 */
const LINE_WIDTH = 110
const COMMENT = /^\s*(?:\/\/|\/\*|\*|\{\/\*)|\s\/\/ /
/** One long word, such as an address, can't be wrapped. */
const ONE_WORD = /^\s*(?:\/\/|\*) \S+$/
/** A text on one line, so that what it holds is not taken for a comment. */
const TEXT = /'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`/g

const TEST = /\.test\.tsx?$/
/** Where helpers may stand. All of bench drives what it measures as a test would. */
const HELPERS =
  /\/testing\/|^scripts\/mutants|^apps\/web\/e2e\/harness\/|^bench\/|\/vitest(?:\.\w+)?\.config\.ts$/
const HELPER_NAME = /\.testing\.tsx?$|\/test-kit\.tsx?$|\/tests?\//
const HELPER_IMPORT =
  /^(?:import\b.*|\} )\bfrom '(?:vitest|fast-check|[^']*\/testing(?:\/[^']*)?|[^']*\.test\.tsx?)'/m

/** What is said otherwise than in the dialect of the repository, one line a fault. */
const faultsOf = (file: string, text: string): string[] => {
  const faults = text.split('\n').flatMap((line, at) => {
    if (line.length <= LINE_WIDTH || ONE_WORD.test(line)) return []
    if (!COMMENT.test(line.replaceAll(TEXT, "''"))) return []
    return [`${file}:${at + 1}: a comment of ${line.length} columns, wrap it at ${LINE_WIDTH}`]
  })
  const helper = HELPER_NAME.test(file) || (!TEST.test(file) && HELPER_IMPORT.test(text))
  if (helper && !HELPERS.test(file))
    faults.push(`${file}: a helper of tests, whose place is a folder testing/`)
  return faults
}

/** One violation of each kind, with the word of the answer that names it. */
const LONG = `// ${'word '.repeat(25)}`
const PLANTED: readonly (readonly [file: string, text: string, named: string])[] = [
  ['packages/policy/src/planted.ts', LONG, 'a comment of'],
  ['packages/policy/src/planted.ts', `  const planted = 1 ${LONG}`, 'a comment of'],
  ['packages/policy/src/planted.testing.ts', '', 'a helper of tests'],
  ['packages/policy/test/planted.ts', '', 'a helper of tests'],
  ['packages/policy/src/planted.ts', "import fc from 'fast-check'", 'a helper of tests'],
]

const PLANTED_FILE = 'packages/policy/src/planted-dialect.ts'
const PLANTED_TEXT = `import { test } from 'vitest'

export class Planted {
  private readonly planted = 1
}

export function planted(): Planted {
  return new Planted()
}

test('planted', () => {})
`
/** What Biome says of it: two rules of its own, and the plugin's sentence. */
const PLANTED_FINDINGS = [
  'useConsistentMemberAccessibility',
  'useConsistentTestIt',
  'A function is a const arrow',
]

/** A program's output, whatever its exit code. */
const outputOf = (command: string, ...args: string[]): Promise<string> =>
  new Promise((resolve) => {
    execFile(command, args, { maxBuffer: 64 * 1024 * 1024 }, (_error, stdout) => resolve(stdout))
  })

/** What Biome does not say of a planted file and should: biome.json has lost the rule. */
const blindRules = async (): Promise<string[]> => {
  await writeFile(PLANTED_FILE, PLANTED_TEXT)
  try {
    const seen = await outputOf('biome', 'lint', '--reporter=json', PLANTED_FILE)
    return PLANTED_FINDINGS.filter((finding) => !seen.includes(finding))
  } finally {
    await rm(PLANTED_FILE, { force: true })
  }
}

const faultsIn = async (file: string): Promise<string[]> =>
  readFile(file, 'utf8').then(
    (text) => faultsOf(file, text),
    () => [], // removed and not yet committed
  )

/** What is not in the repository's dialect, or null. Fails where a planted violation is not seen. */
export const checkDialects = async (): Promise<string | null> => {
  const blind = [
    ...PLANTED.filter(([file, text, named]) => !faultsOf(file, text).join().includes(named)).map(
      ([file, text]) => `${file} ${text}`.trim(),
    ),
    ...(await blindRules()),
  ]
  if (blind.length > 0) return `Planted violations were not seen:\n${blind.join('\n')}`
  const listed = await outputOf(
    'git',
    'ls-files',
    '--cached',
    '--others',
    '--exclude-standard',
    '*.ts',
    '*.tsx',
  )
  const files = listed.split('\n').filter((file) => file !== '')
  if (files.length === 0) return 'git lists no source: the check proves nothing.'
  const faults = (await Promise.all(files.map(faultsIn))).flat()
  return faults.length === 0 ? null : faults.join('\n')
}
