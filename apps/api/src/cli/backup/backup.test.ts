import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { createTestDatabase } from '@chartward/db/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openArtifact } from '../../services/backups/container/read-artifact.ts'
import { type Commands, commandsOf } from '../../services/backups/testing/command.ts'
import { type BackupHouse, createBackupHouse } from '../../services/backups/testing/kit.ts'
import { noteKeysOf } from '../../services/bundles/note-keys.ts'
import { auditEntries } from '../../testing/entries.ts'
import { KILLING_MS, KILLS, kill, seeded } from '../../testing/kills.ts'

let house: BackupHouse
let commands: Commands
let identityFile: string
let root: string
beforeAll(async () => {
  house = await createBackupHouse(8)
  commands = await commandsOf(house.test)
  root = await mkdtemp(join(tmpdir(), 'chartward-backup-cli-'))
  identityFile = join(root, 'identity')
  await writeFile(identityFile, `# of this test\n${house.identity}\n`)
})
afterAll(async () => {
  await house.stop()
  await rm(root, { recursive: true, force: true })
})

let to: string
let keysTo: string
beforeEach(async () => {
  to = await mkdtemp(join(root, 'records-'))
  keysTo = await mkdtemp(join(root, 'keys-'))
})

const rows = async (): Promise<{ kind: string; state: string; failure: string | null }[]> => [
  ...(await house.test.app.db.sql<{ kind: string; state: string; failure: string | null }[]>`
    select kind, state, failure from backups where place in (${to}, ${keysTo}) order by started_at`),
]

const named = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => !name.startsWith('.') && name !== 'chartward.pid')

const keyOf = () => noteKeysOf(house.test.app.bundleSeeds, house.test.app.settings.logOrigin).verifierKeys

describe('`chartward backup` and `restore`', () => {
  it('back up, say what a restore does, and do it', async () => {
    const made = await commands.run(['backup', '--to', to, '--keys-to', keysTo, '--to-key', house.recipient])
    expect(made).toMatchObject({ code: 0, text: expect.stringContaining('encrypted to 1 public keys') })
    expect(await rows()).toEqual([
      { kind: 'keyring', state: 'made', failure: null },
      { kind: 'logical', state: 'made', failure: null },
    ])
    const [backup] = await named(to)
    const [keys] = await named(keysTo)
    const args = ['--from', join(to, backup ?? ''), '--keys-from', join(keysTo, keys ?? '')]
    const drilled = await commands.run([
      'backup',
      'drill',
      '--from',
      to,
      '--keys-from',
      keysTo,
      '--identity',
      identityFile,
      '--operator',
      'Dana',
    ])
    const [entry] = await auditEntries(house.test.app, 'backup.drilled')
    expect(entry).toMatchObject({ actor: { name: 'Dana' }, change: { after: { outcome: 'passed' } } })
    expect(drilled).toMatchObject({ code: 0, text: expect.stringContaining('The drill passed') })
    const target = await createTestDatabase('empty')
    const planned = await commands.run(['restore', ...args, '--identity', identityFile], target)
    expect(planned).toMatchObject({ code: 0, text: expect.stringContaining('8 patients') })
    expect(planned.text).toContain('Nothing was changed. Give --yes')
    const { sql } = target.open('chartward_owner', 1)
    expect(await sql`select 1 from pg_class where relname = 'patients'`).toHaveLength(0)
    const done = await commands.run(['restore', ...args, '--identity', identityFile, '--yes'], target)
    expect(done).toMatchObject({ code: 0, text: expect.stringContaining('all open') })
    expect(await house.problemsOf(target)).toEqual([])
    const again = await commands.run(['restore', ...args, '--identity', identityFile, '--yes'], target)
    expect(again).toMatchObject({ code: 1, text: expect.stringContaining('There is an installation') })
    await target.drop()
  })

  it('take secret keys and one place for both from nobody', async () => {
    const secret = await commands.run(['backup', '--to', to, '--to-key', house.identity])
    expect(secret).toMatchObject({ code: 1, text: expect.stringContaining('Secret keys stay off') })
    expect(secret.text).not.toContain(house.identity)
    const one = await commands.run(['backup', '--to', to, '--keys-to', to, '--to-key', house.recipient])
    expect(one).toMatchObject({ code: 1, text: expect.stringContaining('two places') })
    const nobody = await commands.run(['backup', '--to', to])
    expect(nobody).toMatchObject({ code: 1, text: expect.stringContaining('age-keygen') })
    expect(await rows()).toEqual([])
  })

  it('on a disk that fills, say so, and leave no backup', async () => {
    const full = await commands.run(['backup', '--to', to, '--to-key', house.recipient], undefined, 32)
    expect(full).toMatchObject({ code: 1, text: expect.stringContaining('There is no room left') })
    expect(await named(to)).toEqual([])
    expect(await readdir(to)).toEqual([])
    expect(await rows()).toEqual([{ kind: 'logical', state: 'failed', failure: 'no-space' }])
  })
})

/** How long a command takes when nobody kills it. */
const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

describe('a process that is killed at any moment', () => {
  it(
    'while it backs up, leaves a whole backup or none of its name, and the next run clears up',
    async () => {
      const random = seeded(20_261_130)
      const args = ['backup', '--to', to, '--to-key', house.recipient]
      const whole = await timed(() => commands.run(args))
      for (let kills = 0; kills < KILLS; kills++) {
        const child = commands.start(args)
        await setTimeout(whole * (0.3 + 0.75 * random()))
        await kill(child)
        for (const name of await named(to)) {
          const { manifest } = await openArtifact(join(to, name), keyOf())
          expect(manifest.kind).toBe('logical')
        }
      }
      expect((await commands.run(args)).code).toBe(0)
      expect((await readdir(to)).filter((name) => name.startsWith('.'))).toEqual([])
      const states = await rows()
      expect(states.filter(({ state }) => state === 'running')).toEqual([])
      expect(states.filter(({ state }) => state === 'made')).toHaveLength((await named(to)).length)
    },
    KILLING_MS,
  )

  it(
    'while it restores, leaves all of it or nothing, and it can be run again',
    async () => {
      const random = seeded(20_261_201)
      const backup = await house.make('logical')
      const keys = await house.make('keyring')
      const args = [
        'restore',
        '--from',
        backup.folder,
        '--keys-from',
        keys.folder,
        '--identity',
        identityFile,
        '--yes',
      ]
      const first = await createTestDatabase('empty')
      const whole = await timed(() => commands.run(args, first))
      await first.drop()
      const target = await createTestDatabase('empty')
      const { sql } = target.open('chartward_owner', 1)
      const isThere = async (): Promise<boolean> => {
        const [table] = await sql<
          { name: string | null }[]
        >`select to_regclass('public.installation')::text as name`
        return table?.name !== null && (await sql`select 1 from installation`).length > 0
      }
      for (let kills = 0; kills < KILLS; kills++) {
        const child = commands.start(args, target)
        await setTimeout(whole * (0.4 + 0.6 * random()))
        await kill(child)
        if (await isThere()) break
        for (const table of ['patients', 'audit_entries', 'keks', 'users']) {
          const [found] = await sql<
            { name: string | null }[]
          >`select to_regclass(${`public.${table}`})::text as name`
          if (found?.name != null) expect(await sql`select 1 from ${sql(table)} limit 1`).toHaveLength(0)
        }
      }
      if (!(await isThere())) expect(await commands.run(args, target)).toMatchObject({ code: 0 })
      expect(await house.problemsOf(target)).toEqual([])
      await target.drop()
    },
    KILLING_MS,
  )
})
