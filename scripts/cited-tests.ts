import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/*
 * The documents name the tests that show what they claim: `file › test name`, and `› test name` for another
 * of the same file. A test that was renamed or removed must not go on being cited.
 */
const DOCS = 'docs'
const CITED = /`([^`›]*)(?:›\s*([^`]+))?`/g

/** Files are named from the root, with `api/` for apps/api/src/ and `e2e` for the browser tests. */
const filesOf = async (named: string): Promise<string[]> => {
  if (named !== 'e2e') return [named.replace(/^api\//, 'apps/api/src/')]
  const folder = 'apps/web/e2e'
  return (await readdir(folder)).filter((file) => file.endsWith('.test.ts')).map((file) => join(folder, file))
}

const sourceOf = async (named: string): Promise<string | null> => {
  const texts = (await filesOf(named)).map((file) => readFile(file, 'utf8'))
  return Promise.all(texts).then(
    (read) => read.join('\n').replaceAll("\\'", "'"),
    () => null,
  )
}

/** What stands in the test's name: an ellipsis leaves the rest out. */
const partsOf = (name: string): string[] =>
  name
    .split(/…|\.\.\./)
    .map((part) => part.trim())
    .filter((part) => part !== '')

const faultsOf = async (doc: string): Promise<string[]> => {
  const faults: string[] = []
  for (const [at, line] of (await readFile(join(DOCS, doc), 'utf8')).split('\n').entries()) {
    let file = ''
    for (const [, named = '', name] of line.matchAll(CITED)) {
      if (named.trim() !== '' && (name !== undefined || named.endsWith('.test.ts'))) file = named.trim()
      if (name === undefined && !named.endsWith('.test.ts')) continue
      const source = file === '' ? null : await sourceOf(file)
      if (source === null) faults.push(`${DOCS}/${doc}:${at + 1}: there is no file "${file}"`)
      else if (!partsOf(name ?? '').every((part) => source.includes(part)))
        faults.push(`${DOCS}/${doc}:${at + 1}: ${file} has no test "${name}"`)
    }
  }
  return faults
}

/** What the documents cite and the tests lack, or null. */
export const checkCitedTests = async (): Promise<string | null> => {
  const docs = (await readdir(DOCS)).filter((file) => file.endsWith('.md'))
  const faults = (await Promise.all(docs.map(faultsOf))).flat()
  return faults.length === 0 ? null : faults.join('\n')
}
