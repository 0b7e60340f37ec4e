import { readdir } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditEntries } from '../../testing/entries.ts'
import { signInAs } from '../../testing/sign-in.ts'
import { createCallerFactory, router } from '../../trpc/trpc.ts'
import { ensureBundleKey, rotateBundleKey } from '../bundles/bundle-key.ts'
import { noteKeysOf } from '../bundles/note-keys.ts'
import { needsYouRouter } from '../needs-you/router.ts'
import { openArtifact } from './container/read-artifact.ts'
import { latestKeyExpiry, requireBackupRows, retainedBackups } from './retained.ts'
import { backupsRouter } from './router.ts'
import { DAY_MS } from './rows.ts'
import { type BackupHouse, createBackupHouse } from './testing/kit.ts'

const callerFor = createCallerFactory(router({ backups: backupsRouter, needsYou: needsYouRouter }))

let house: BackupHouse
beforeAll(async () => {
  house = await createBackupHouse(2)
})
afterAll(() => house.stop())

const later = (ms: number): void => {
  house.test.now = new Date(house.test.now.getTime() + ms)
}

const administrator = async () => callerFor((await signInAs(house.test.app, 'administrator')).context)

const needsOf = async (): Promise<string[]> => {
  const { items } = await (await administrator()).needsYou.list({})
  return items.flatMap(({ room, kind }) => (room === 'backups' ? [kind] : []))
}

describe('a backup', () => {
  it('is put down before and after, and counts as kept from its beginning on', async () => {
    const { app } = house.test
    later(1)
    const made = await house.make('keyring')
    const [started] = await auditEntries(app, 'backup.started')
    const [said] = await auditEntries(app, 'backup.made')
    expect(started?.resource.id).toBe(made.id)
    expect(said?.change?.after).toMatchObject({ state: 'made', sha256: made.manifest.file.sha256 })
    expect(await retainedBackups(app.db, new Date(house.test.now.getTime() + 1))).toMatchObject([
      { id: made.id, kind: 'keyring', state: 'made' },
    ])
    expect(await retainedBackups(app.db, house.test.now)).toEqual([])
    expect(await latestKeyExpiry(app.db)).toEqual(new Date(house.test.now.getTime() + 30 * DAY_MS))
  })

  it('that has expired is deleted by the next run, with an entry, and no other', async () => {
    const made = await house.make('keyring')
    const records = await house.make('logical', { keepDays: 400 })
    later(31 * DAY_MS)
    const next = await house.make('keyring')
    expect(next.deleted).toBeGreaterThan(0)
    expect(await readdir(house.keysFolder)).toEqual([next.folder.slice(house.keysFolder.length + 1)])
    expect((await readdir(house.folder)).some((name) => name.endsWith(records.id))).toBe(true)
    const deleted = await auditEntries(house.test.app, 'backup.deleted')
    expect(deleted.map(({ resource }) => resource.id)).toContain(made.id)
    const kept = await retainedBackups(house.test.app.db, new Date(house.test.now.getTime() + DAY_MS))
    expect(kept.map(({ id }) => id)).not.toContain(made.id)
  })

  it('made before the bundle key was handed over is still this installation’s, and the next is the new key’s', async () => {
    const { app } = house.test
    const keysOf = () => noteKeysOf(app.bundleSeeds, app.settings.logOrigin).verifierKeys
    const earlier = await house.make('keyring')
    await ensureBundleKey(app)
    const key = await rotateBundleKey(app, 'test')
    const next = await house.make('keyring')
    expect(keysOf()[0]).toBe(key)
    const opens = ({ folder }: { readonly folder: string }, keys: readonly string[]) =>
      openArtifact(folder, keys).then(
        () => true,
        (error) => error.code,
      )
    expect(await opens(earlier, keysOf())).toBe(true)
    expect(await opens(next, [key])).toBe(true)
    expect(await opens(earlier, [key])).toBe('signature')
    expect(await opens(next, keysOf().slice(1))).toBe('signature')
    expect(await opens(next, [])).toBe('signature')
  })

  it('of wrapped keys for more than 35 days is refused, by the database too', async () => {
    await expect(house.make('keyring', { keepDays: 36 })).rejects.toMatchObject({ code: 'keys' })
    const owner = house.test.database.open('chartward_owner', 1)
    await expect(
      owner.sql`insert into backups (id, owner, kind, place, started_at, expires_at, state, row_version, seal)
        values (gen_random_uuid(), gen_random_uuid(), 'physical', 'x', now(), now() + interval '36 days', 'running', 1, '')`,
    ).rejects.toMatchObject({ constraint_name: 'backups_keys_expire' })
  })

  it('can not be taken out of the count unseen', async () => {
    const { id } = await house.make('keyring')
    await house.settle()
    const { app, database } = house.test
    const other = await house.test.another()
    await expect(requireBackupRows(other)).resolves.toBeUndefined()
    const owner = database.open('chartward_owner', 1)
    await expect(owner.sql`delete from backups where id = ${id}`).rejects.toThrow('append-only')
    await expect(owner.sql`update backups set expires_at = started_at where id = ${id}`).rejects.toThrow(
      'does not change',
    )
    await owner.sql.begin(async (sql) => {
      await sql`set local session_replication_role = replica`
      await sql`create table backups_away as select * from backups where id = ${id}`
      await sql`delete from backups where id = ${id}`
    })
    await expect(requireBackupRows(other)).rejects.toMatchObject({ code: 'INTEGRITY' })
    expect((await callerFor((await signInAs(other, 'auditor')).context).backups.list({})).whole).toBe(false)
    await owner.sql`insert into backups select * from backups_away`
    await owner.sql`drop table backups_away`
    await other.close()
    await expect(requireBackupRows(app)).resolves.toBeUndefined()
  })

  it('that is missing or too old, and a drill that nobody has made, need the administrators', async () => {
    await house.make('keyring')
    await house.make('logical')
    expect(await needsOf()).toEqual([])
    later(27 * 60 * 60 * 1000)
    expect((await needsOf()).toSorted()).toEqual(['backup-missing', 'keyring-missing'])
    await house.make('logical')
    expect(await needsOf()).toEqual(['keyring-missing'])
    later(36 * DAY_MS)
    expect((await needsOf()).toSorted()).toEqual(['backup-missing', 'drill-missing', 'keyring-missing'])
    const listed = await (await administrator()).backups.list({})
    expect(listed).toMatchObject({ whole: true, maxAgeHours: 26, latest: { kind: 'logical', trusted: true } })
  })
})
