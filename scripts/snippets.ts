import { execFile } from 'node:child_process'
import { glob, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/*
 * The examples of the packages' READMEs are modules that compile; one that declares nothing is run as well.
 * What an example takes for granted stands before it in a comment that is not shown: `<!-- snippet`, code,
 * `-->`. Each becomes a file of its package, for as long as the check takes.
 */
const READMES = '{packages,apps}/*/README.md'
const SNIPPET = /^(?:<!-- snippet\n(?:(?!-->).*\n)*-->\n+)?```ts\n(?:(?!```).*\n)*```$/gm
const FENCE = /^(?:<!-- snippet|-->|```ts|```)$/gm
const CONFIG = 'tsconfig.snippets.json'

interface Snippet {
  readonly document: string
  readonly file: string
  readonly text: string
}

/** A document with nothing right in it: one example that doesn't compile, one that throws. */
const PLANTED = 'packages/policy/PLANTED.md'
const PLANTED_TEXT = [
  'A wrong type:\n\n```ts\nexport const planted: number = "text"\n```\n',
  '<!-- snippet\nconst planted = "thrown"\n-->\n```ts\nthrow new Error(planted)\n```\n',
].join('\n')
const PLANTED_FAULTS = ['PLANTED.md:4: ', 'PLANTED.md:11: ']

/** The examples of a document. Every line stays where it is, so that a fault has the document’s line. */
const snippetsOf = (document: string, text: string): Snippet[] =>
  [...text.matchAll(SNIPPET)].map(({ 0: found, index }) => {
    const above = text.slice(0, index).split('\n').length - 1
    return {
      document,
      file: join(dirname(document), `snippet-${above + 1}-of-${document.replaceAll(/.*\/|\.md$/g, '')}.ts`),
      text: `${'\n'.repeat(above)}${found.replaceAll(FENCE, '')}\n`,
    }
  })

/** What a program prints, and whether it failed. */
const run = (command: string, ...args: string[]): Promise<{ failed: boolean; output: string }> =>
  new Promise((resolve) => {
    execFile(command, args, (error, stdout, stderr) => {
      resolve({ failed: error !== null, output: stdout + stderr })
    })
  })

/** What the compiler finds in them. */
const typeFaults = async (snippets: readonly Snippet[]): Promise<string[]> => {
  const files = snippets.map(({ file }) => file)
  await writeFile(CONFIG, JSON.stringify({ extends: './tsconfig.base.json', files }))
  const { output } = await run('tsc', '--pretty', 'false', '--project', CONFIG)
  const documents = new Map(snippets.map(({ file, document }) => [file, document]))
  return output
    .trimEnd()
    .split(/\n(?=\S)/)
    .filter((fault) => fault !== '')
    .map((fault) => {
      const [, file = '', line, message] = /^(\S+)\((\d+),\d+\): (.*)$/s.exec(fault) ?? []
      return `${documents.get(file) ?? file}:${line}: ${message ?? fault}`
    })
}

/** What it throws when it is run; nothing for an example that only declares what it needs. */
const runFault = async ({ document, file, text }: Snippet): Promise<string[]> => {
  if (/^declare /m.test(text)) return []
  const { failed, output } = await run('node', file)
  const line = new RegExp(`${file}:(\\d+)`).exec(output)?.[1]
  return failed ? [`${document}:${line}: ${output.trim()}`] : []
}

const faultsOf = async (snippets: readonly Snippet[]): Promise<string[]> => {
  try {
    await Promise.all(snippets.map(({ file, text }) => writeFile(file, text)))
    return (await Promise.all([typeFaults(snippets), ...snippets.map(runFault)])).flat()
  } finally {
    await Promise.all([CONFIG, ...snippets.map(({ file }) => file)].map((file) => rm(file, { force: true })))
  }
}

/** The examples that don't compile or don't run, or null. Fails where planted ones are not seen. */
export const checkSnippets = async (): Promise<string | null> => {
  const snippets = snippetsOf(PLANTED, PLANTED_TEXT)
  for await (const readme of glob(READMES))
    snippets.push(...snippetsOf(readme, await readFile(readme, 'utf8')))
  const faults = await faultsOf(snippets)
  const unseen = PLANTED_FAULTS.filter((planted) => !faults.some((fault) => fault.includes(planted)))
  if (unseen.length > 0) return `Planted faults were not seen: ${unseen.join()}\n${faults.join('\n')}`
  const real = faults.filter((fault) => !fault.startsWith(PLANTED))
  return real.length === 0 ? null : real.join('\n')
}
