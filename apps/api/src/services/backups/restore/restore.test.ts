import { cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LocalKms } from '@chartward/crypto'
import type { Database } from '@chartward/db'
import { createTestDatabase, type TestDatabase } from '@chartward/db/testing'
import { generatePopulation } from '@chartward/fhir'
import { generateX25519Identity } from 'age-encryption'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { isForkFrom, verifyFork } from '../../../audit/fork.ts'
import { verifierKeyOf } from '../../../keys/key-files.ts'
import { appendEntries } from '../../../sequencer/testing/log-kit.ts'
import type { MadeBackup } from '../make-backup.ts'
import { KEY_TABLES } from '../tables.ts'
import { type BackupHouse, createBackupHouse } from '../testing/kit.ts'

let house: BackupHouse
let backup: MadeBackup
let keys: MadeBackup
let sqlOfHouse: Database['sql']
beforeAll(async () => {
  house = await createBackupHouse()
  keys = await house.make('keyring')
  backup = await house.make('logical', { patientsAtOnce: 2, entriesAtOnce: 50 })
  sqlOfHouse = house.test.database.open('chartward_owner', 1).sql
})
afterAll(() => house.stop())

let target: TestDatabase
let owner: Database
beforeEach(async () => {
  target = await createTestDatabase()
  owner = target.open('chartward_owner', 2)
  return () => target.drop()
})

/** Every row of a table as text, in an order of its own. */
const rowsOf = async (sql: Database['sql'], table: string): Promise<string[]> => {
  const rows = await sql.unsafe<{ row: string }[]>(`select t::text as row from ${table} t order by 1`)
  return rows.map(({ row }) => row)
}

const OF_RECORDS = [
  'patients',
  'records',
  'record_versions',
  'chart_segments',
  'search_tokens',
  'claim_tokens',
  'source_ids',
  'care_relationships',
  'care_lists',
  'care_tokens',
  'directory_entries',
  'users',
  'role_assignments',
  'passwords',
]

const RECOVER = { ahead: { kind: 'recover' } } as const

/** Nothing of an installation is in the target. */
const expectUntouched = async (): Promise<void> => {
  for (const table of ['installation', 'patients', 'audit_entries', 'users', 'keks'])
    expect(await owner.sql`select 1 from ${owner.sql(table)} limit 1`).toHaveLength(0)
}

describe('a restore', () => {
  it('gives back every row of what was backed up, and a log that holds', async () => {
    const restored = await house.restoreInto(owner, backup.folder, keys.folder)
    expect(restored.fork).toBeNull()
    expect(restored.opened).toBeGreaterThan(5)
    expect(restored.sessionsEnded).toBe(2)
    for (const table of [...OF_RECORDS, ...KEY_TABLES])
      expect([table, await rowsOf(owner.sql, table)]).toEqual([table, await rowsOf(sqlOfHouse, table)])
    expect(await owner.sql`select 1 from sessions where ended_at is null`).toHaveLength(0)
    expect(await house.problemsOf(target)).toEqual([])
  })

  it('says first what it will do, and does nothing', async () => {
    const { lines } = await house.planInto(owner, backup.folder, keys.folder)
    expect(lines[0]).toContain('6 patients')
    await expectUntouched()
  })

  it('is of one moment, also where patients are imported, changed and searched for while it is made', async () => {
    const busy = await createBackupHouse(12)
    const renamed = (i: number) =>
      JSON.parse(JSON.stringify(busy.bundles[i]).replace(/"given":\["[^"]+"/, `"given":["Renamed${i}"`))
    const late = [...generatePopulation({ seed: 'late', patients: 6, asOf: busy.test.now })]
    let step = 0
    const made = await busy.make('logical', {
      patientsAtOnce: 2,
      entriesAtOnce: 30,
      onProgress: async () => {
        step++
        if (step > 10) return
        await busy.import([renamed(step), ...late.slice(step % 6, (step % 6) + 1)])
        await appendEntries(busy.test, 5)
        if (step % 3 === 0) await busy.settle()
      },
    })
    const after = await busy.make('keyring')
    await busy.settle()
    const into = await createTestDatabase()
    const intoOwner = into.open('chartward_owner', 2)
    await busy.restoreInto(intoOwner, made.folder, after.folder, RECOVER)
    const sql = busy.test.database.open('chartward_owner', 1).sql
    // Nothing was written to them after the last snapshot.
    for (const table of OF_RECORDS)
      expect([table, await rowsOf(intoOwner.sql, table)]).toEqual([table, await rowsOf(sql, table)])
    expect(step).toBeGreaterThan(5)
    expect(await busy.problemsOf(into)).toEqual([])
    await into.drop()
    await busy.stop()
  })

  it('copies in rounds where more patients changed than the last snapshot takes', async () => {
    const made = await house.make('logical', {
      patientsAtOnce: 3,
      mostInLast: 1,
      onProgress: async () => {
        await sqlOfHouse`update care_lists set looked_up = looked_up`
      },
    })
    await house.restoreInto(owner, made.folder, keys.folder)
    for (const table of OF_RECORDS)
      expect([table, await rowsOf(owner.sql, table)]).toEqual([table, await rowsOf(sqlOfHouse, table)])
  })
})

describe('a restore refuses, and changes nothing,', () => {
  let copy: string
  beforeEach(async () => {
    copy = join(await mkdtemp(join(tmpdir(), 'chartward-copy-')), 'backup')
    await cp(backup.folder, copy, { recursive: true })
    return () => rm(join(copy, '..'), { recursive: true, force: true })
  })

  const refused = async (code: string, folder = copy, keyFolder = keys.folder, more = {}): Promise<void> => {
    await expect(house.restoreInto(owner, folder, keyFolder, more)).rejects.toMatchObject({
      name: 'BackupError',
      code,
    })
    await expectUntouched()
  }

  it('what was cut off', async () => {
    await truncate(join(copy, 'data.age'), backup.manifest.file.bytes - 100)
    await refused('truncated')
  })

  it('what has a bit that is another, wherever', async () => {
    const bytes = await readFile(join(copy, 'data.age'))
    for (const at of [10, 300, Math.floor(bytes.length / 2), bytes.length - 1]) {
      const flipped = Buffer.from(bytes)
      flipped[at] = (flipped[at] ?? 0) ^ 1
      await writeFile(join(copy, 'data.age'), flipped)
      await expect(house.restoreInto(owner, copy, keys.folder)).rejects.toMatchObject({ name: 'BackupError' })
    }
    await expectUntouched()
  })

  it('what is whole, and was signed by nobody of ours', async () => {
    const manifest = await readFile(join(copy, 'manifest'), 'utf8')
    await writeFile(join(copy, 'manifest'), manifest.replace('"patients":6', '"patients":5'))
    await refused('signature')
  })

  it('what another data was put to that was signed once', async () => {
    const other = await house.make('logical')
    await cp(join(other.folder, 'data.age'), join(copy, 'data.age'))
    await expect(house.restoreInto(owner, copy, keys.folder)).rejects.toMatchObject({ name: 'BackupError' })
    await expectUntouched()
  })

  it('keys that do not open it: patients’ keys of one process under the KEK of another', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'chartward-other-root-'))
    const kms = LocalKms.create(join(folder, 'kms.key'))
    await expect(house.restoreInto(owner, copy, keys.folder, { restore: { kms } })).rejects.toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/key file/),
    })
    await expectUntouched()
    await rm(folder, { recursive: true })
  })

  it('without the secret key, and with another', async () => {
    await refused('wrong-key', copy, keys.folder, { plan: { identities: [await generateX25519Identity()] } })
  })

  it('a keyring in the place of a backup, and the other way round', async () => {
    await refused('not-ours', keys.folder, backup.folder)
  })

  it('a database that has an installation in it', async () => {
    await expect(
      house.planInto(house.test.database.open('chartward_owner', 2), copy, keys.folder),
    ).rejects.toMatchObject({ code: 'not-empty' })
  })

  it('a database of a later version', async () => {
    await owner.sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', ${Date.now() * 2})`
    await refused('schema-newer')
  })

  it('where it fails in the end, and can be tried again', async () => {
    await expect(
      house.restoreInto(owner, copy, keys.folder, {
        restore: {
          beforeCommit: async () => {
            throw new Error('the disk is gone')
          },
        },
      }),
    ).rejects.toThrow('the disk is gone')
    await expectUntouched()
    await house.restoreInto(owner, copy, keys.folder)
  })
})

describe('a backup that is older than the log', () => {
  it('is refused unless told why; then the rest is put back, or left behind by a signed fork', async () => {
    await house.import([...generatePopulation({ seed: 'after', patients: 1, asOf: house.test.now })])
    await house.settle()
    await expect(house.restoreInto(owner, backup.folder, keys.folder)).rejects.toMatchObject({
      code: 'log-ahead',
      message: expect.stringContaining('--reason'),
    })
    await expectUntouched()

    const reason = 'the log store burned'
    const { fork } = await house.restoreInto(owner, backup.folder, keys.folder, {
      ahead: { kind: 'fork', reason },
    })
    const { logVerifierKey, logOrigin } = house.test.app.settings
    const said = await verifyFork(fork ?? '', logVerifierKey)
    expect(said?.from.size).toBe(backup.manifest.log.size)
    const [row] = await owner.sql<{ action: string; outcome: string }[]>`
      select e.action, e.outcome from audit_leaves l join audit_entries e on e.id = l.entry_id
      where l.index = ${backup.manifest.log.size}`
    expect(row).toEqual({ action: 'audit.forked', outcome: 'success' })
    // Both halves are checked against it: the one that is left behind is exactly the store's.
    const left = said?.left[0]
    expect(said !== null && left !== undefined && (await isForkFrom(owner.sql, said, left))).toBe(true)
    expect(said !== null && left !== undefined && (await isForkFrom(sqlOfHouse, said, left))).toBe(false)
    expect(await house.problemsOf(target)).toEqual([])
    // Only the log's own key signs one.
    const other = verifierKeyOf(Buffer.alloc(32, 7), logOrigin)
    expect(await verifyFork(fork ?? '', other)).toBeNull()
  })
})
