import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { CryptoError } from '@chartward/crypto'
import { describe, expect, it } from 'vitest'
import { failureText } from './failure.ts'
import { UsageError } from './usage-error.ts'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
const CANARY = 'Eleanor Vance'
const FRAME = /^ {4}at apps\/api\/src\/\S+\.ts:\d+$/m

describe('a command that fails', () => {
  it('says the sentence of an error of ours, and how to see more', () => {
    expect(failureText(new UsageError('Name a file.'), false)).toBe(
      'Name a file.\nRun again with --debug to see where it comes from.',
    )
  })

  it('names of any other error its kind alone', () => {
    expect(failureText(new TypeError(CANARY), false)).toMatch(/^Failed: TypeError\n/)
    expect(failureText(CANARY, false)).not.toContain(CANARY)
  })

  it('says with --debug what caused it and where, and no message of an error that is not ours', () => {
    const error = new TypeError(CANARY, { cause: new CryptoError('unwrap-failed', 'x') })
    const text = failureText(error, true)
    expect(text).toMatch(/^Failed: TypeError\nTypeError\n/)
    expect(text).toContain('\ncaused by CryptoError unwrap-failed\n')
    expect(text).toMatch(FRAME)
    expect(text).not.toContain(CANARY)
  })

  it('takes --debug before and behind the name of the command', () => {
    const run = (...args: string[]) => {
      const { DATABASE_URL: _unset, ...env } = process.env
      const { status, stderr } = spawnSync(process.execPath, [MAIN, ...args], { env, encoding: 'utf8' })
      return { status, stderr }
    }
    const said = 'Give a file and --key with the verifier key that you trust, --database, or --store.\n'
    expect(run('verify')).toEqual({
      status: 1,
      stderr: `${said}Run again with --debug to see where it comes from.\n`,
    })
    for (const { status, stderr } of [run('verify', '--debug'), run('--debug', 'verify')]) {
      expect(status).toBe(1)
      expect(stderr).toMatch(/^Give a file.*\nUsageError\n {4}at apps\/api\/src\/cli\/verify\.ts:\d+\n/)
    }
  })
})
