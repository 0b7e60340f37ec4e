import type { IntegrityCode, IntegrityReport } from '@chartward/contract'
import type { Database } from '@chartward/db'
import { type Bundle, generatePopulation } from '@chartward/fhir'
import { installQueue } from '../../../jobs/install-queue.ts'
import { readAppendKey } from '../../../keys/key-files.ts'
import type { SequencerContext } from '../../../sequencer/context.ts'
import { appendEntries, sabotaged, sequenceAll, sequencerOf } from '../../../sequencer/testing/log-kit.ts'
import { logRows } from '../../../testing/rows.ts'
import { signInAs } from '../../../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../../../testing/test-app.ts'
import { createCallerFactory } from '../../../trpc/trpc.ts'
import { buildRelease } from '../../exports/build/build-release.ts'
import { exportsRouter } from '../../exports/router.ts'
import { importAll } from '../../exports/testing/house.ts'
import { checkDatabase } from '../check-database.ts'
import { checkContents } from '../contents/check-contents.ts'

const caller = createCallerFactory(exportsRouter)

/** A small installation with something of everything that a superuser could change. */
export interface TamperedHouse {
  readonly test: TestApp
  /** Entry ids by index; the last entry is still waiting for the sequencer. */
  readonly ids: readonly string[]
  readonly pending: string
  readonly exportId: string
  /** Does the damage by statements, checks with all keys, and undoes it. */
  readonly after: (damage: string) => Promise<IntegrityReport>
  /** The same for a reader who has no key at all. */
  readonly afterWithoutKeys: (damage: string) => Promise<IntegrityReport>
}

/** A patient's name is another one from now on: their record has a second version. */
const renamed = (bundle: Bundle): unknown =>
  JSON.parse(JSON.stringify(bundle).replace(/"given":\["[^"]+"/, '"given":["Renamed"'))

const release = async ({ app }: TestApp): Promise<string> => {
  const analyst = await signInAs(app, 'analyst')
  const officer = await signInAs(app, 'privacy-officer')
  const { id } = await caller(analyst.context).request({ purpose: 'to be tampered with', types: ['Patient'] })
  await caller(officer.context).approve({ id, reason: 'a test', attestation: true })
  await buildRelease(app, id, new AbortController().signal)
  return id
}

const fill = async (test: TestApp, sequencer: SequencerContext): Promise<string> => {
  const bundles = [...generatePopulation({ seed: 'tamperings', patients: 3, asOf: test.now })]
  await importAll(test, bundles)
  await importAll(test, bundles.slice(-1).map(renamed))
  const exportId = await release(test)
  await appendEntries(test, 20)
  await test.app.audit.drain()
  await logRows(test.app)
  await sequenceAll(sequencer)
  return exportId
}

type Sql = Parameters<typeof checkDatabase>[0]

/**
 * As `chartward verify` does it: each part by the login that it is done with, so that a grant too few fails.
 */
export const checkAll = (test: TestApp, sql: Sql, withKeys: boolean): Promise<IntegrityReport> =>
  sql`set local role chartward_auditor`.then(() =>
    checkDatabase(sql, {
      appendKey: withKeys ? readAppendKey(test.files) : null,
      verifierKey: test.app.settings.logVerifierKey,
      contents: !withKeys
        ? null
        : async (findings) => {
            await sql`set local role chartward_app`
            await sql`select set_config('chartward.rows', '*', true)`
            await checkContents(sql, test.app.keyring, findings)
            return true
          },
    }),
  )

export const createTamperedHouse = async (): Promise<TamperedHouse> => {
  const test = await createTestApp({ keysLogged: true })
  await installQueue(test.database.url('chartward_owner'))
  const exportId = await fill(test, sequencerOf(test))
  const rows = await test.app.db.sql<{ entry_id: string }[]>`select entry_id from audit_leaves order by index`
  const [pending = ''] = await appendEntries(test, 1)
  const owner: Database = test.database.open('chartward_owner', 1)
  const look = (withKeys: boolean) => (damage: string) =>
    sabotaged(
      owner,
      (sql) => sql.unsafe(damage),
      (sql) => checkAll(test, sql, withKeys),
    )
  return {
    test,
    ids: rows.map(({ entry_id }) => entry_id),
    pending,
    exportId,
    after: look(true),
    afterWithoutKeys: look(false),
  }
}

/** Which kinds of findings a report has, each once. */
export const codesOf = ({ problems }: IntegrityReport): IntegrityCode[] => [
  ...new Set(problems.map(({ code }) => code)),
]
