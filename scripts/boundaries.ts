import { execFile } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'

interface Planted {
  readonly file: string
  readonly imports: string
  readonly rule: string
}

/** Modules that import what they must not, written for the length of one check to prove that it can fail. */
const PLANTED: readonly Planted[] = [
  {
    file: 'packages/policy/src/planted-violation.ts',
    imports: '../../db/src/index.ts',
    rule: 'pure-packages-stay-pure',
  },
  {
    file: 'apps/api/src/core/planted-violation.ts',
    imports: '../vault/view.ts',
    rule: 'core-imports-nothing-above-it',
  },
  {
    file: 'apps/api/src/vault/planted-violation.ts',
    imports: '../services/users/names.ts',
    rule: 'keys-audit-sessions-care-vault-vouch-sequencer-import-nothing-above-them',
  },
]

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
 * Checks the one-way rules between packages and between the floors of the API, and that the check sees a
 * violation: some are planted for its length. With a TypeScript that dependency-cruiser can't use it would
 * see no module at all and pass everything.
 */
export const checkBoundaries = async (): Promise<string | null> => {
  let found: Cruise
  try {
    for (const { file, imports } of PLANTED)
      await writeFile(file, `import * as above from '${imports}'\n\nexport const planted = above\n`)
    found = await cruise()
  } finally {
    for (const { file } of PLANTED) await rm(file, { force: true })
  }
  const { violations, totalCruised } = found.summary
  const unseen = PLANTED.find(
    ({ file, rule }) => !violations.some(({ from, rule: { name } }) => from === file && name === rule),
  )
  if (unseen !== undefined) {
    return `The violation planted against ${unseen.rule} was not seen (${totalCruised} modules cruised): the check proves nothing.`
  }
  const real = violations.filter(({ from }) => !PLANTED.some(({ file }) => file === from))
  return real.length === 0
    ? null
    : real.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`).join('\n')
}
