import { execFile } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'

/**
 * A module that a pure package must not import, written for the length of one check to prove that the
 * check can fail.
 */
const PLANTED = 'packages/policy/src/planted-violation.ts'
const PLANTED_TEXT = "import { schema } from '../../db/src/index.ts'\n\nexport const planted = schema\n"
const PLANTED_RULE = 'pure-packages-stay-pure'

interface Violation {
  readonly from: string
  readonly to: string
  readonly rule: { readonly name: string }
}

interface Cruise {
  readonly summary: { readonly totalCruised: number; readonly violations: readonly Violation[] }
}

/** dependency-cruiser's JSON. Its exit code is the number of errors modulo 256, so it is not looked at. */
const cruise = (): Promise<Cruise> =>
  new Promise((resolve, reject) => {
    const args = [
      '--config',
      '.dependency-cruiser.json',
      '--output-type',
      'json',
      'apps',
      'packages',
      'bench',
    ]
    execFile('depcruise', args, { maxBuffer: 256 * 1024 * 1024 }, (error, stdout) => {
      try {
        resolve(JSON.parse(stdout))
      } catch {
        reject(error ?? new Error('dependency-cruiser printed no JSON'))
      }
    })
  })

/**
 * Checks the one-way rules between packages, and that the check sees a violation: one is planted for
 * its length. With a TypeScript that dependency-cruiser can't use it would see no module at all and
 * pass everything.
 */
export const checkBoundaries = async (): Promise<string | null> => {
  await writeFile(PLANTED, PLANTED_TEXT)
  let found: Cruise
  try {
    found = await cruise()
  } finally {
    await rm(PLANTED, { force: true })
  }
  const { violations, totalCruised } = found.summary
  if (!violations.some(({ from, rule }) => from === PLANTED && rule.name === PLANTED_RULE)) {
    return `The planted violation was not seen (${totalCruised} modules cruised): the check proves nothing.`
  }
  const real = violations.filter(({ from }) => from !== PLANTED)
  return real.length === 0
    ? null
    : real.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`).join('\n')
}
