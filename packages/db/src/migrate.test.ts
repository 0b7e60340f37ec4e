import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { MigrationRefused, migrate } from './migrate.ts'
import { applyEarlierMigrations, createTestDatabase, type TestDatabase } from './testing/test-database.ts'

/**
 * The migrations with the SHA-256 of their files, in the order of the journal. A line that stands here is
 * never changed nor taken out, since databases have been made by it: a new migration is a new line at the
 * end, also before the first release.
 */
const MIGRATIONS: readonly (readonly [tag: string, sha256: string])[] = [
  ['0000_foundation', '78eda2f288e1b9ad04679e9c5565da857102c1f868c19971c1dae5d62c47867b'],
  ['0001_guards', '2055cc49f5985d2fac6f82c071d1d52211e7b74ecf95d0ab5ff0069e2e651f42'],
  ['0002_sources', '6752774957679a4914abc33311a2e5a1c3cf1d510becac300d94e65ad6793c10'],
  ['0003_followers', '21a8a0dd9e854c958fa5c2658ed0c31da7c6ea7f8dfbf83fafe149e1dfbf99ad'],
  ['0004_key_versions', '6ecf80b9c70e6341f72acf994255d2b252a3fff9751220fa1312ac363d654723'],
  ['0005_vouched_rows', 'f443fe256a149abb94addfbdfc30a9c157ed8af396ab10f03089f6bba0b1a9d4'],
  ['0006_writers', 'bfe1610794552670400486bf4cf9521a4cdb0f141882a93ee7e9f1d31e31a6c3'],
  ['0007_what_an_auditor_compares', '7f3c310e1bb7989546d71a8540d02d8a05684e2244478547c382174dd223c498'],
  ['0008_second_person', '842d4080f333f1251f4b0bde741bf86b0071946cb2c5e39e9f7a52ee47b6641a'],
  ['0009_secret_rates', '0a2b0fc8a0330056e63fda43e8736e5a2e6bb24611c31b32c763bd75cf861a49'],
  ['0010_address_keys', '5640738de11ca478e8e7cd4a138c6db2178b60ec4280f0d067e1078b7d4082b8'],
  ['0011_chart_segments', '576a00e71d5be8861cdbe5797246680affb2a62ede7fb34642c05f16a0f83935'],
  ['0012_source_bases', 'b60f96d638b9d1e1bd35e93471ce2e5719509427c0f5c859602f38894ca6ec56'],
  ['0013_care_lists', '9487051e65ff0e366561dce66284adf9a5d14abb37cfead30a3173efe398664c'],
  ['0014_vouched_bases', '948fb871772620c80a2a93eea8652b682374cb0e8c86dd892ee7dc74ef78872d'],
  ['0015_claim_tokens', '0db54f2ecd01a4d876e1c95afd08be9f33dc01983edd7288a8887fa9f5124d16'],
  ['0016_claim_token_rights', '11ac94dc1b6f8022eeb9e6ecbe5622e1a2c12ca9e82952d524d60b08db7d9528'],
  ['0017_works', '4104528e2acffc1e2c0a72492bd1f1fccfda8fbe79f52dd70892182507d99dc6'],
  ['0018_guarded_works', '7ed066c4ea2c21e4672db434bce20117e59739316203258ae1d8f220e7e69be1'],
  ['0019_uploads', '0e69ab257fc574a9af24911a3c449218406788eacd0eaa1a0cd67b079d3d2205'],
  ['0020_upload_rights', '369fb8c82ecb5a55e82b32c69f273444d608e23cc386aa4e5aaddaeca4193419'],
  ['0021_earlier_months', '75900d8f5bff47118056d81ef9282b1c4f7be7a25222b0597b712be8999b2032'],
  ['0022_desk_indexes', '12e83fc6ed8a44ff9379cef1370ff8f2de886fe0b83462e01c7368c30a6b24d5'],
  ['0023_notices', '8cd0ff43c0c686e28f9cc655a1162f502f3cad82f6055cf2af132f6ba4e948d2'],
  ['0024_mail', '07fd3c4cdbea0245584c2cc49abf24ad7aee76b70f0e41965a6d05947c6e8669'],
  ['0025_break_glass_and_cover', 'a9f25795b3bf5c6047cb8438739851ef24b4ed074640a766bae29fad47696d20'],
  ['0026_people', '6efa5b15e9dcf93e59e8d8603c4b7c9a9f423083d0264f72920567a11c7eb5f6'],
  ['0027_factors', '38b86e2a2cd00bc83f137e02cef4cf619ebaab843b57de4d8182f874a5482f1d'],
  ['0028_known_devices', '553bb21d2ac0ad6a4a9dbecdc4333b56f0b177ef257f6054954b6da0cc523168'],
  ['0029_roles', 'b7d4e722498f8aec721612d6c397bbf96b0c18083f8b3e7376a946aa1433fe64'],
  ['0030_patient_accounts', '1e1ba20dc0666be3deebcde0a27c87dbf9069f7fa703b44991f5d9d3ed1a5e0a'],
  ['0031_key_rotation', 'f1e3b8a0ddfd1f1a36c6359b9d4e74b0bbb8ba61063fce1dd6b06c1217aa32aa'],
  ['0032_key_states', 'c8a8bdcbd71aadb32dd1393f9855c773f2826af49a1b9817339ee919373d660b'],
  ['0033_shreds', '162e9f9aa22d1c238db9dcc20df7db496b4cb554536fd80c033e3b4066b11080'],
  ['0034_shred_rights', '4a954355bf893ad7984740997d38e55587870dddd2a681e2ec7149c088cd5c1f'],
  ['0035_backups', '79fc6141b483ec4b3514db5d2854ef3f82393ddf0006087e001918ffdd3eb89f'],
  ['0036_backup_login', 'c661e1687ace16b9e10396e0096b9bab39abe42d06d3f88b71c9a6808c17a001'],
  ['0037_search_paths', 'b511a6b2bc0a104987ab58767ddffb122a702b90f0bc55fb17867d58a15834e1'],
  ['0038_keys_are_born_pending', '416e4e795d0d8c8c1b62cf2d15d21b5c34194443bcc262a67aeaf4ba1cf852dc'],
]

const textOf = (path: string): Promise<string> =>
  readFile(new URL(`./migrations/${path}`, import.meta.url), 'utf8')

describe('the journal of the migrations', () => {
  it('only grows, and no migration in it has been edited', async () => {
    const journal: { entries: { tag: string; when: number }[] } = JSON.parse(
      await textOf('meta/_journal.json'),
    )
    const found = await Promise.all(
      journal.entries.map(async ({ tag }) => [
        tag,
        createHash('sha256')
          .update(await textOf(`${tag}.sql`))
          .digest('hex'),
      ]),
    )
    expect(found).toEqual(MIGRATIONS)
    // One that is dated before the last that a database has would never be applied to it.
    const dates = journal.entries.map(({ when }) => when)
    expect(dates).toEqual([...new Set(dates)].toSorted((a, b) => a - b))
  })
})

describe('migrating', () => {
  const made: TestDatabase[] = []
  afterEach(async () => {
    for (const database of made.splice(0)) await database.drop()
  })

  const emptyDatabase = async () => {
    const database = await createTestDatabase('empty')
    made.push(database)
    const { sql } = database.open('chartward_owner', 1)
    const state = async () => ({
      applied: [...(await sql`select hash from drizzle.__drizzle_migrations order by created_at`)].map(
        ({ hash }) => hash,
      ),
      relations: [
        ...(await sql`select oid, relname from pg_class where relnamespace = 'public'::regnamespace order by oid`),
      ],
    })
    return { url: database.url('chartward_owner'), sql, state }
  }

  it('fills an empty database, and leaves one of this version alone', async () => {
    const { url, state } = await emptyDatabase()
    await migrate(url)
    const filled = await state()
    expect(filled.applied).toEqual(MIGRATIONS.map(([, sha256]) => sha256))
    await migrate(url)
    expect(await state()).toEqual(filled)
  })

  it.each(MIGRATIONS.slice(1).map(([tag], i) => [tag, i + 1] as const))(
    'refuses a database of before %s, says what to do, and changes nothing in it',
    async (_, entries) => {
      const { url, state } = await emptyDatabase()
      await applyEarlierMigrations(url, entries)
      const before = await state()
      expect(before.applied).toHaveLength(entries)
      const refusal = migrate(url)
      await expect(refusal).rejects.toThrow(MigrationRefused)
      await expect(refusal).rejects.toThrow('Nothing was changed in it: start this version with a new')
      expect(await state()).toEqual(before)
    },
  )

  it('refuses a database that a later version, or an edited migration, has made', async () => {
    const { url, sql } = await emptyDatabase()
    await migrate(url)
    await sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('later', ${Date.now() * 2})`
    await expect(migrate(url)).rejects.toThrow(MigrationRefused)
    await sql`delete from drizzle.__drizzle_migrations where hash = 'later'`
    await migrate(url)
    await sql`update drizzle.__drizzle_migrations set hash = 'edited' where hash = ${MIGRATIONS[0]?.[1] ?? ''}`
    await expect(migrate(url)).rejects.toThrow(MigrationRefused)
  })
})
