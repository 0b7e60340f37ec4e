import { writeFile } from 'node:fs/promises'
import { withTransaction } from '@chartward/db'
import type { PatientId } from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { readAppendKey } from '../../keys/key-files.ts'
import type { SequencerContext } from '../../sequencer/context.ts'
import { sequenceAll, sequencerOf } from '../../sequencer/testing/log-kit.ts'
import { auditEntries, refusalOf } from '../../testing/entries.ts'
import { logRows } from '../../testing/rows.ts'
import { checkDatabase } from '../audit/check-database.ts'
import { checkContents } from '../audit/contents/check-contents.ts'
import { giveCare, personOn } from '../break-glass/testing/ward.ts'
import { ensureBundleKey, rotateBundleKey } from '../bundles/bundle-key.ts'
import { buildRelease } from '../exports/build/build-release.ts'
import { finishShreds, ledgerOf } from './finish.ts'
import { ledgerFile } from './ledger.ts'
import { LedgerBroken } from './ledger-line.ts'
import { replayLedger, replayShreds } from './replay.ts'
import {
  createShredHouse,
  ledgerText,
  NOTHING_LEFT,
  oldPatient,
  rowsLeft,
  type ShredHouse,
  shredByTwo,
} from './testing/house.ts'

let t: ShredHouse
let sequencer: SequencerContext
beforeAll(async () => {
  t = await createShredHouse()
  sequencer = sequencerOf(t)
})
afterAll(() => t.stop())

/** As `chartward verify --database` with all keys: which kinds of findings there are. */
const found = async (): Promise<string[]> => {
  await t.app.audit.drain()
  await sequenceAll(sequencer)
  const { problems } = await withTransaction(t.app.db, 'all', ({ sql }) =>
    checkDatabase(t.database.open('chartward_auditor', 1).sql, {
      appendKey: readAppendKey(t.files),
      verifierKey: t.app.settings.logVerifierKey,
      contents: async (findings) => {
        await checkContents(sql, t.app.keyring, findings)
        return true
      },
    }),
  )
  return [...new Set(problems.map(({ code }) => code))]
}

/** What a backup of before would bring back: what it takes to undo it is the owner's alone. */
const saved = async (patientId: PatientId) => {
  const owner = t.database.open('chartward_owner', 1)
  const tables = [
    'patient_keys',
    'search_tokens',
    'claim_tokens',
    'care_tokens',
    'source_ids',
    'chart_segments',
  ]
  const schema = `saved_${patientId.replaceAll('-', '')}`
  await owner.sql.unsafe(`create schema ${schema}`)
  for (const table of tables)
    await owner.sql.unsafe(
      `create table ${schema}.${table} as select * from ${table} where patient_id = '${patientId}'`,
    )
  return {
    restore: () =>
      owner.sql.begin(async (sql) => {
        await sql`set local session_replication_role = replica`
        for (const table of tables) await sql.unsafe(`delete from ${table} where patient_id = '${patientId}'`)
        for (const table of tables) {
          const columns = await sql<{ name: string }[]>`
            select attname as name from pg_attribute where attrelid = ${table}::regclass and attnum > 0
              and not attisdropped and attgenerated = ''`
          const names = columns.map(({ name }) => name).join(', ')
          await sql.unsafe(`insert into ${table} (${names}) select ${names} from ${schema}.${table}`)
        }
      }),
  }
}

describe('a check of the database', () => {
  it('takes a destruction for no tampering, and a key that is gone for no destruction', async () => {
    const [shredded, kept] = [await oldPatient(t), await oldPatient(t)]
    await logRows(t.app)
    expect(await found()).toEqual([])
    await shredByTwo(t, shredded.patientId)
    await finishShreds(t.app)
    expect(await found()).toEqual([])
    const copy = await saved(kept.patientId)
    await withTransaction(
      t.app.db,
      [kept.patientId],
      ({ sql }) => sql`
      update patient_keys set state = 'destroyed', wrapped = '' where patient_id = ${kept.patientId}`,
    )
    expect(await found()).toEqual(expect.arrayContaining(['key-changed', 'key-missing']))
    await copy.restore()
    expect(await found()).toEqual([])
  })

  it('names what is there again of a patient who was destroyed', async () => {
    const { patientId } = await oldPatient(t)
    const copy = await saved(patientId)
    await shredByTwo(t, patientId)
    await finishShreds(t.app)
    await copy.restore()
    expect(await found()).toContain('shred-undone')
    expect(await replayLedger(t.app)).toEqual({ patients: 1 })
    expect(await found()).toEqual([])
  })
})

describe('a release', () => {
  const released = async (): Promise<string> => {
    const analyst = await personOn(t, 'analyst')
    const { id } = await analyst.call.exports.request({
      purpose: 'to look at what is released',
      types: ['Patient'],
    })
    await t.second.call.exports.approve({ id, reason: 'a test', attestation: true })
    return id
  }
  const pieces = async (id: string) =>
    (await t.app.db.sql`select from release_chunks where export_id = ${id}`).length

  it('that was built of the patient too is withdrawn with an entry, and the next is without them', async () => {
    const { patientId } = await oldPatient(t)
    // Somebody is left to be read.
    await oldPatient(t)
    const id = await released()
    await buildRelease(t.app, id, new AbortController().signal)
    expect(await pieces(id)).toBeGreaterThan(0)
    await shredByTwo(t, patientId)
    expect(await pieces(id)).toBe(0)
    const entries = await auditEntries(t.app, 'export.expired')
    expect(entries.filter(({ resource }) => resource.id === id)).toHaveLength(1)
    const next = await released()
    await buildRelease(t.app, next, new AbortController().signal)
    const read = (await auditEntries(t.app, 'export.patients-read')).filter(
      ({ resource }) => resource.id === next,
    )
    expect(read.length).toBeGreaterThan(0)
    expect(JSON.stringify(read)).not.toContain(patientId)
  })

  it('that is being built when the patient is destroyed is not kept: it is built anew', async () => {
    const { patientId } = await oldPatient(t)
    const id = await released()
    let shredding: Promise<void> | undefined
    const progress = {
      phase: () => {
        // The people have been read by now, and this one among them.
        shredding ??= shredByTwo(t, patientId)
      },
      advance: () => undefined,
    }
    const built = buildRelease(t.app, id, new AbortController().signal, progress as never)
    const outcome = await built.then(
      () => 'built',
      () => 'failed',
    )
    await shredding
    if (outcome === 'failed') await buildRelease(t.app, id, new AbortController().signal)
    const reads = (await auditEntries(t.app, 'export.patients-read')).filter(
      ({ resource }) => resource.id === id,
    )
    // Whichever came first: what is kept names the patient in no entry, or is not kept.
    const last = JSON.stringify(reads.at(-1))
    expect(last.includes(patientId) ? await pieces(id) : 0).toBe(0)
  })
})

describe('a database of before', () => {
  it('is made to forget again by the ledger, however often, and says so in the log', async () => {
    const { patientId, family } = await oldPatient(t)
    const [key] = await withTransaction(
      t.app.db,
      [patientId],
      ({ sql }) => sql<{ id: string }[]>`select id from patient_keys where patient_id = ${patientId}`,
    )
    // What this database does not know of: it is a copy of before.
    const at = t.now.toISOString()
    await ledgerOf(t.app)?.append({
      shred: newId(),
      patient: patientId,
      // And a key that the patient got after the copy was made.
      keys: [key?.id ?? '', newId()],
      requestedBy: t.officer.id,
      requestedAt: at,
      decidedBy: t.second.id,
      at,
      finalAt: at,
      finalIsBound: true,
    })
    const restored = await t.another()
    const clinician = await personOn(t, 'clinician')
    await giveCare(t, patientId, clinician.id)
    expect(restored.shredded.of(patientId)).toBeUndefined()
    expect(await rowsLeft(t, patientId)).toMatchObject({ living_keys: 1 })
    expect(await replayLedger(restored)).toEqual({ patients: 1 })
    expect(await replayLedger(restored)).toEqual({ patients: 0 })
    expect(await rowsLeft(t, patientId)).toEqual(NOTHING_LEFT)
    expect(restored.shredded.of(patientId)).toBeDefined()
    await expect
      .poll(() => refusalOf(clinician.call.patients.get({ id: patientId })).catch(() => 'shown'), {
        timeout: 10_000,
      })
      .toBe('DESTROYED')
    expect((await t.officer.call.patients.search({ by: 'name', text: family })).items).toEqual([])
    const told = (await auditEntries(t.app, 'shred.carried-out')).filter(
      ({ patientId: whose, facts }) => whose === patientId && facts.replayed === true,
    )
    expect(told.map(({ change }) => change?.after?.keys)).toEqual([[key?.id]])
    await finishShreds(restored)
    const lines = (await ledgerOf(t.app)?.lines()) ?? []
    expect(lines.filter(({ patient }) => patient === patientId)).toHaveLength(1)
    expect(await replayShreds(t.app.db, lines)).toEqual({ patients: 0 })
    await restored.close()
  })
})

describe('a ledger', () => {
  it('that was changed, cut or put together anew is refused, and nothing is added to it', async () => {
    for (let i = 0; i < 2; i++) {
      const { patientId } = await oldPatient(t)
      await shredByTwo(t, patientId)
    }
    await finishShreds(t.app)
    const whole = await ledgerText(t)
    const lines = whole.trimEnd().split('\n')
    const put = (text: string) => writeFile(ledgerFile(t.store), text)
    const { patientId } = await oldPatient(t)
    await shredByTwo(t, patientId)
    const broken = [
      whole.replace('"finalIsBound":true', '"finalIsBound":false'),
      `${lines.slice(1).join('\n')}\n`,
      `${[lines[1], lines[0], ...lines.slice(2)].join('\n')}\n`,
      `${whole}not a line\n`,
      whole.replace(/"signature":"[^"]+"/, `"signature":"— test.invalid/log/bundle AAAA"`),
    ]
    for (const text of broken) {
      await put(text)
      await expect(finishShreds(t.app)).rejects.toBeInstanceOf(LedgerBroken)
      await expect(replayLedger(t.app)).rejects.toBeInstanceOf(LedgerBroken)
      expect(await ledgerText(t)).toBe(text)
    }
    // Nobody is destroyed whom the ledger could not take.
    const next = await oldPatient(t)
    expect(await refusalOf(shredByTwo(t, next.patientId))).toBe('CONFLICT')
    // Cut at a line's end every line holds: the database knows that there were more.
    await put(`${lines.slice(0, -1).join('\n')}\n`)
    expect(await refusalOf(finishShreds(t.app))).toBe('INTEGRITY')
    // What was being written when the machine stopped counts for nothing, and gives way.
    await put(`${whole}{"body":{"at"`)
    expect(await finishShreds(t.app)).toBe(1)
    expect((await ledgerText(t)).startsWith(whole)).toBe(true)
    expect(await ledgerOf(t.app)?.lines()).toHaveLength(lines.length + 1)
  })

  it('holds, and every certificate, when the bundle key is handed over; the next line is the new key’s', async () => {
    const certified = async () => {
      const { patientId } = await oldPatient(t)
      await shredByTwo(t, patientId)
      await finishShreds(t.app)
      const id = (await t.officer.call.shred.get({ patientId })).destroyed?.id ?? ''
      return async () => (await t.officer.call.shred.certificate({ id })).verifierKey
    }
    const before = await ensureBundleKey(t.app)
    const signerOfEarlier = await certified()
    expect(await signerOfEarlier()).toBe(before)
    const after = await rotateBundleKey(t.app, 'test')
    const signerOfLater = await certified()
    expect([await signerOfEarlier(), await signerOfLater()]).toEqual([before, after])
  })
})
