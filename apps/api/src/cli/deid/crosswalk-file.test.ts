import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openCrosswalk } from './crosswalk-file.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chartward-crosswalk-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

it('of two runs on one crosswalk, the second to end is refused, and no id of the first is lost', async () => {
  const path = join(folder, 'ids.json')
  const [first, second] = [await openCrosswalk(path), await openCrosswalk(path)]
  const id = first.ids.idFor('patient', 'a')
  second.ids.idFor('patient', 'b')
  await first.save()
  await expect(second.save()).rejects.toThrow('Another run has changed')
  expect((await openCrosswalk(path)).ids.idFor('patient', 'a')).toBe(id)
})

it('one that can not be looked at is no empty one', async () => {
  const file = join(folder, 'file')
  await writeFile(file, '', { mode: 0o600 })
  await expect(openCrosswalk(join(file, 'ids.json'))).rejects.toThrow('can not be read')
  await expect(openCrosswalk(file)).rejects.toThrow('is not a crosswalk')
  expect(await readFile(file, 'utf8')).toBe('')
})
