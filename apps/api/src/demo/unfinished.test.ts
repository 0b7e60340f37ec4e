import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { holdsData, markFinished, markUnfinished, removeUnfinished } from './unfinished.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chartward-unfinished-'))
  await mkdir(join(folder, 'keys'))
  await writeFile(join(folder, 'keys', 'kms.key'), 'a key')
  await writeFile(join(folder, 'chartward.pid'), '1')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const has = (...names: string[]) => names.map((name) => existsSync(join(folder, name)))

describe('a folder of a demo', () => {
  it('loses nothing where it is not marked as unfinished', async () => {
    expect(await removeUnfinished(folder)).toBe(false)
    markUnfinished(folder)
    markFinished(folder)
    expect(await removeUnfinished(folder)).toBe(false)
    expect(has('keys/kms.key', 'chartward.pid')).toEqual([true, true])
  })

  it('is emptied where it is marked, but for the mark and the claim on it, as often as it takes', async () => {
    markUnfinished(folder)
    for (let i = 0; i < 2; i++) {
      expect(await removeUnfinished(folder)).toBe(true)
      expect(has('keys', 'chartward.pid', 'demo-unfinished')).toEqual([false, true, true])
    }
  })

  it('holds somebody’s data where a database stands in it without the mark', async () => {
    expect(holdsData(folder)).toBe(false)
    await writeFile(join(folder, 'postgres.json'), '{}')
    expect(holdsData(folder)).toBe(true)
    markUnfinished(folder)
    expect(holdsData(folder)).toBe(false)
  })
})
