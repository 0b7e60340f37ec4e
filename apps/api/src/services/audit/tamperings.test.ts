import type { IntegrityCode } from '@chartward/contract'
import { LocalKms } from '@chartward/crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../core/ids.ts'
import { createTestApp } from '../../testing/test-app.ts'
import { contentsWith } from './contents/with-keys.ts'
import { Findings } from './integrity/findings.ts'
import { codesOf, createTamperedHouse, type TamperedHouse } from './testing/tampered-house.ts'

let house: TamperedHouse
beforeAll(async () => {
  house = await createTamperedHouse()
})
afterAll(() => house.test.stop())

/** What is done, by which statements, and the first kinds that have to be among the findings. */
type Case = readonly [what: string, statements: string, ...codes: IntegrityCode[]]

/** Ids that a statement may name; replaced where it is run. */
const filled = (statements: string): string =>
  statements
    .replaceAll(/@(\d+)/g, (_, index) => `'${house.ids[Number(index)]}'::uuid`)
    .replaceAll('@last', `'${house.ids.at(-1)}'::uuid`)
    .replaceAll('@pending', `'${house.pending}'::uuid`)
    .replaceAll('@size', String(house.ids.length))

/** An id of this month's that nothing has. */
const UNKNOWN = `'${newId()}'`

/** A record with a clinical part, one version of it, and a practitioner with an NPI. */
const VERSION = `(patient_id, record_id, version) = (select patient_id, record_id, version from record_versions
  where clinical is not null order by patient_id, record_id limit 1)`
const PATIENT = '(select id from patients order by id limit 1)'
const OTHER_PATIENT = '(select id from patients order by id desc limit 1)'
const flipped = (column: string, at = 40): string =>
  `${column} = set_byte(${column}, ${at}, get_byte(${column}, ${at}) # 1)`
/** Exchanges a column of the first and the last row that have one. */
const exchanged = (table: string, column: string, key = 'id'): string => `
  create temp table pair on commit drop as select ${key} as k, ${column} as v from ${table} where ${column} is not null;
  delete from pair where k not in (select min(k::text)::uuid from pair union select max(k::text)::uuid from pair);
  ${column === 'npi_token' ? '' : 'drop index source_ids_token, directory_entries_source;'}
  update ${table} t set ${column} = p.v from pair p where t.${key} <> p.k and t.${key} in (select k from pair)`

const FORGED = `select (jsonb_populate_record(e, jsonb_build_object('id', ${UNKNOWN}::text))).* from audit_entries e where id = @12`

const named = (cases: readonly Case[]): void => {
  it.each(cases)('%s', async (_, statements, ...codes) => {
    const report = await house.after(filled(statements))
    expect(codesOf(report)).toEqual(expect.arrayContaining(codes))
    expect(report.ok).toBe(false)
  })
}

describe('nobody has tampered', () => {
  it('and nothing is found, though an entry waits; nothing was left unchecked', async () => {
    const report = await house.after('select 1')
    expect(report).toMatchObject({ ok: true, problems: [], unchecked: [], size: house.ids.length })
  })

  it('and it is so in whatever order the rows lie in their tables', async () => {
    const report = await house.after(`
      set local session_replication_role = replica;
      create temporary table leaves on commit drop as select * from audit_leaves;
      create temporary table entries on commit drop as select * from audit_entries;
      delete from audit_leaves; insert into audit_leaves select * from leaves order by index desc;
      delete from audit_entries; insert into audit_entries select * from entries order by id desc;`)
    expect(report).toMatchObject({ ok: true, problems: [], unchecked: [] })
  })

  it('and whoever has no key is told what was not checked', async () => {
    const report = await house.afterWithoutKeys('select 1')
    expect(report).toMatchObject({ ok: true, problems: [], unchecked: ['authenticity', 'contents'] })
  })
})

describe('whoever has no key', () => {
  it.each<Case>([
    ['sees NPIs exchanged', exchanged('directory_entries', 'npi_token'), 'directory-changed'],
    [
      'sees an earlier author',
      `update record_versions set author = 'service:x' where ${VERSION}`,
      'records-mismatch',
    ],
    ['sees a class erased', `update record_versions set clinical = null where ${VERSION}`, 'class-mismatch'],
    ['sees a note deleted', 'truncate audit_notes', 'note-missing'],
    ['sees a key overwritten', `update keks set ${flipped('wrapped', 8)}`, 'key-changed'],
  ])('%s', async (_, statements, ...codes) => {
    expect(codesOf(await house.afterWithoutKeys(filled(statements)))).toEqual(codes)
  })

  it('is told that hours can not be counted from a log that does not hold', async () => {
    const report = await house.after(filled('delete from audit_entries where id = @15'))
    expect(report.unchecked).toEqual(['hourly'])
  })
})

describe('the keys of the folder', () => {
  it('open all, as the command line has it', async () => {
    const findings = new Findings()
    const { app, files } = house.test
    expect(await contentsWith(app.db, LocalKms.open(files.kms))(findings)).toBe(true)
    expect(findings.problems).toEqual([])
  })

  it('of another installation open nothing, which is named, and nothing is said to have been checked', async () => {
    const other = await createTestApp()
    const findings = new Findings()
    expect(await contentsWith(house.test.app.db, LocalKms.open(other.files.kms))(findings)).toBe(false)
    await other.stop()
    expect(new Set(findings.problems.map(({ code }) => code))).toEqual(new Set(['key-unusable']))
  })
})

describe('an entry of the log', () => {
  named([
    [
      'at another time',
      `update audit_entries set at = at + interval '1 hour' where id = @15`,
      'column-changed',
    ],
    [
      'by another kind of actor',
      `update audit_entries set actor_kind = 'user' where id = @15`,
      'column-changed',
    ],
    ['by another', `update audit_entries set actor_id = ${UNKNOWN} where id = @15`, 'column-changed'],
    [
      'of another session',
      `update audit_entries set session_id = ${UNKNOWN} where id = @15`,
      'column-changed',
    ],
    [
      'of another request',
      `update audit_entries set request_id = ${UNKNOWN} where id = @15`,
      'column-changed',
    ],
    ['of another act', `update audit_entries set action = 'home.viewed' where id = @15`, 'column-changed'],
    ['refused', `update audit_entries set outcome = 'refused' where id = @15`, 'column-changed'],
    ['of another thing', `update audit_entries set resource_type = 'none' where id = @15`, 'column-changed'],
    [
      'of another thing of the kind',
      `update audit_entries set resource_id = 'x' where id = @15`,
      'column-changed',
    ],
    [
      'of another patient',
      `update audit_entries set patient_id = ${UNKNOWN} where id = @15`,
      'column-changed',
    ],
    ['from another address', `update audit_entries set ip = '192.0.2.1' where id = @15`, 'column-changed'],
    [
      'under another id, leaf and note with it',
      `update audit_entries set id = overlay(@last::text placing '01' from 35)::uuid where id = @last;
       update audit_leaves set entry_id = overlay(@last::text placing '01' from 35)::uuid where entry_id = @last`,
      'column-changed',
    ],
    ['with no MAC of ours', `update audit_entries set mac = sha256(mac) where id = @15`, 'bad-mac'],
    [
      'with another word in its bytes',
      `update audit_entries set ${flipped('bytes')} where id = @15`,
      'entry-changed',
    ],
    [
      'rewritten with its hashes and its leaf',
      `update audit_entries set bytes = convert_to(replace(convert_from(bytes, 'UTF8'), '"success"', '"refused"'), 'UTF8'),
         outcome = 'refused' where id = @15;
       update audit_entries set leaf_hash = sha256('\\x00'::bytea || bytes) where id = @15;
       update audit_leaves l set leaf_hash = e.leaf_hash from audit_entries e where e.id = @15 and l.entry_id = e.id`,
      'bad-mac',
      'checkpoint-mismatch',
    ],
    ['deleted, the first', 'delete from audit_entries where id = @0', 'entry-missing'],
    ['deleted, the last', 'delete from audit_entries where id = @last', 'entry-missing'],
    [
      'deleted with its leaf',
      'delete from audit_entries where id = @15; delete from audit_leaves where index = 15',
      'leaf-missing',
    ],
    [
      'deleted with the last leaf',
      'delete from audit_entries where id = @last; delete from audit_leaves where entry_id = @last',
      'truncated',
    ],
    [
      'deleted with its leaf, all behind it renumbered',
      `delete from audit_entries where id = @15; delete from audit_leaves where index = 15;
       update audit_leaves set index = -index where index > 15; update audit_leaves set index = -index - 1 where index < 0;
       update audit_head set size = size - 1`,
      'truncated',
      'checkpoint-mismatch',
    ],
    [
      'exchanged with another',
      `create temp table two on commit drop as select id, bytes, leaf_hash, mac from audit_entries where id in (@15, @16);
       update audit_entries e set bytes = t.bytes, leaf_hash = t.leaf_hash, mac = t.mac from two t
       where e.id in (@15, @16) and t.id <> e.id`,
      'leaf-changed',
    ],
    ['put in', `insert into audit_entries ${FORGED}`, 'entry-unsequenced'],
    [
      'put in and queued',
      `insert into audit_entries ${FORGED}; insert into audit_pending_0 values (${UNKNOWN})`,
      'column-changed',
    ],
    ['changed while it waits', `update audit_entries set mac = sha256(mac) where id = @pending`, 'bad-mac'],
    ['deleted while it waits', `delete from audit_entries where id = @pending`, 'pending-unknown'],
    ['queued though there is none', `insert into audit_pending_0 values (${UNKNOWN})`, 'pending-unknown'],
    [
      'put in with a leaf and a longer head',
      `insert into audit_entries ${FORGED};
       insert into audit_leaves select @size, id, leaf_hash from audit_entries where id = ${UNKNOWN};
       update audit_head set size = size + 1`,
      'column-changed',
      'head-mismatch',
    ],
    [
      'said to have been refused',
      `insert into audit_quarantine values (@15, 'bad-mac', now())`,
      'quarantine-false',
    ],
    [
      'said to be about a patient',
      `insert into audit_entry_patients select @15, ${PATIENT}`,
      'column-changed',
    ],
    [
      'that is not there, said to be about a patient',
      `insert into audit_entry_patients select ${UNKNOWN}, ${PATIENT}`,
      'listed-unlogged',
    ],
  ])
})

describe('the tree and its head', () => {
  named([
    ['a leaf', `update audit_leaves set leaf_hash = sha256(leaf_hash) where index = 15`, 'leaf-changed'],
    ['a node', `update audit_nodes set hash = sha256(hash) where level = 2 and index = 3`, 'node-changed'],
    ['the root', `update audit_head set root = sha256(root)`, 'head-mismatch'],
    ['the frontier', `update audit_head set frontier = ''`, 'head-mismatch'],
    ['the head, deleted', `delete from audit_head`, 'head-missing'],
    [
      'the signature',
      `update audit_head set checkpoint = regexp_replace(checkpoint, '.....\\n$', E'AAAA=\\n')`,
      'checkpoint-invalid',
    ],
    [
      'the root that was signed',
      `update audit_head set checkpoint = replace(checkpoint, split_part(checkpoint, E'\\n', 3), encode(sha256(''), 'base64'))`,
      'checkpoint-invalid',
    ],
    ['when it moved', `update audit_head set updated_at = now() - interval '3 days'`, 'head-time'],
    ['when it was signed', `update audit_head set signed_at = now() - interval '3 days'`, 'head-time'],
    [
      'when it was signed, to come',
      `update audit_head set signed_at = now() + interval '3 days'`,
      'head-time',
    ],
    [
      'the end, cut off under the signed head',
      `delete from audit_entries where id in (select entry_id from audit_leaves where index >= 20);
       delete from audit_leaves where index >= 20; update audit_head set size = 20`,
      'truncated',
    ],
    [
      'the end, cut off with nodes and checkpoint',
      `delete from audit_entries where id in (select entry_id from audit_leaves where index >= 20);
       delete from audit_leaves where index >= 20; delete from audit_nodes where (index + 1) << level > 20;
       update audit_head set size = 20, checkpoint = null, checkpoint_size = null, signed_at = null`,
      'checkpoint-missing',
    ],
    [
      'this month, dropped',
      `do $$ begin execute 'drop table audit_entries_' || to_char(now() at time zone 'UTC', 'YYYY_MM'); end $$`,
      'partition-missing',
      'entry-missing',
    ],
    [
      'this month, detached',
      `do $$ declare name text := 'audit_entries_' || to_char(now() at time zone 'UTC', 'YYYY_MM');
       begin execute format('alter table audit_entries detach partition %I', name); end $$`,
      'partition-missing',
      'entry-missing',
    ],
    [
      'a month to come, dropped',
      `do $$ begin execute 'drop table audit_entries_' || to_char(now() at time zone 'UTC' + interval '3 months', 'YYYY_MM'); end $$`,
      'partition-missing',
    ],
  ])
})

describe('what goes with the log', () => {
  named([
    [
      'a note, deleted',
      'delete from audit_notes where entry_id = (select min(entry_id::text)::uuid from audit_notes)',
      'note-missing',
    ],
    ['all notes', 'truncate audit_notes', 'note-missing'],
    ['a note, changed', `update audit_notes set ${flipped('content')}`, 'note-changed'],
    ['two notes, exchanged', exchanged('audit_notes', 'content', 'entry_id'), 'note-changed'],
    [
      'a note, added',
      `insert into audit_notes select @15, content from audit_notes limit 1`,
      'note-unlogged',
    ],
    [
      'a note of no entry',
      `insert into audit_notes select ${UNKNOWN}, content from audit_notes limit 1`,
      'note-unlogged',
    ],
    ['the hourly counts, zeroed', 'update audit_hourly set count = 0', 'hourly-mismatch'],
    [
      'the hourly counts of an act, deleted',
      `delete from audit_hourly where action = 'record.imported'`,
      'hourly-mismatch',
    ],
    [
      'an hourly count, added',
      `insert into audit_hourly values (date_trunc('hour', now()), 'nobody', 'home.viewed', 'success', 5)`,
      'hourly-mismatch',
    ],
    ['the log’s origin', `update installation set log_origin = 'evil.invalid/log'`, 'installation-changed'],
    ['the mode', `update installation set mode = 'demo'`, 'installation-changed'],
    ['that it is set up', `update installation set initialised_at = now()`, 'installation-changed'],
    ['the row of the installation', 'delete from installation', 'installation-changed'],
  ])
})

describe('a record', () => {
  named([
    ['a ciphertext', `update record_versions set ${flipped('clinical')} where ${VERSION}`, 'record-changed'],
    [
      'a class, erased',
      `update record_versions set clinical = null where ${VERSION}`,
      'class-mismatch',
      'record-changed',
    ],
    [
      'a class, put in',
      `update record_versions set unmapped = coalesce(unmapped, clinical), contact = coalesce(contact, clinical) where ${VERSION}`,
      'class-mismatch',
    ],
    [
      'its author',
      `update record_versions set author = 'user:${UNKNOWN.slice(1, -1)}' where ${VERSION}`,
      'records-mismatch',
    ],
    [
      'when it was written',
      `update record_versions set authored_at = authored_at - interval '1 microsecond' where ${VERSION}`,
      'records-mismatch',
    ],
    [
      'the MAC before it',
      `update record_versions set previous_mac = sha256(mac) where ${VERSION}`,
      'records-mismatch',
      'record-changed',
    ],
    [
      'its MAC',
      `update record_versions set mac = sha256(mac) where ${VERSION}`,
      'records-mismatch',
      'record-changed',
    ],
    [
      'its digests',
      `update record_versions set ${flipped('digests', 5)} where ${VERSION}`,
      'records-mismatch',
      'record-changed',
    ],
    [
      'its integrity key',
      `update record_versions set integrity_key_id = gen_random_uuid() where ${VERSION}`,
      'records-mismatch',
    ],
    [
      'its entry',
      `update record_versions set entry_id = @last where ${VERSION}`,
      'records-mismatch',
      'records-unlogged',
    ],
    [
      'its patient',
      `update record_versions set patient_id = ${OTHER_PATIENT} where ${VERSION}`,
      'records-mismatch',
      'record-mismatch',
    ],
    [
      'its type',
      `update records set resource_type = 'Procedure' where resource_type = 'Condition'`,
      'records-mismatch',
    ],
    ['a version, deleted', `delete from record_versions where ${VERSION}`, 'records-mismatch'],
    [
      'deleted with all versions',
      `create temp table gone on commit drop as select patient_id, record_id from record_versions where ${VERSION};
       delete from records r using gone g where r.id = g.record_id;
       delete from record_versions v using gone g where v.record_id = g.record_id`,
      'records-mismatch',
    ],
    [
      'at another version',
      `update records set version = version + 1 where id = ${PATIENT}`,
      'record-mismatch',
    ],
    ['at an earlier version', `update records r set version = 1 where version = 2`, 'record-mismatch'],
    ['its row, deleted', `delete from records where id = ${PATIENT}`, 'record-mismatch'],
    [
      'two versions’ ciphertexts, exchanged',
      exchanged('record_versions', 'clinical', 'record_id'),
      'record-changed',
    ],
  ])
})

describe('the index of a chart', () => {
  const SEGMENT = `(patient_id, resource_type, field_class, number) =
    (select patient_id, resource_type, field_class, number from chart_segments order by 1, 2, 3, 4 limit 1)`
  named([
    ['a segment, deleted', `delete from chart_segments where ${SEGMENT}`, 'chart-index-changed'],
    ['all of it, deleted', 'delete from chart_segments', 'chart-index-changed'],
    [
      'a ciphertext',
      `update chart_segments set ${flipped('content')} where ${SEGMENT}`,
      'chart-index-changed',
    ],
    ['a MAC', `update chart_segments set mac = sha256(mac) where ${SEGMENT}`, 'chart-index-changed'],
    [
      'a segment of another place',
      `update chart_segments set number = 2, base = 2 where ${SEGMENT}`,
      'chart-index-changed',
    ],
  ])
})

describe('a patient', () => {
  named([
    ['deleted', `delete from patients where id = ${PATIENT}`, 'patient-missing'],
    ['of another source', `update patients set source = 'other' where id = ${PATIENT}`, 'patient-changed'],
    ['put in', `insert into patients (id) values (${UNKNOWN})`, 'patient-unlogged'],
    [
      'the key, deleted',
      `delete from patient_keys where patient_id = ${PATIENT}`,
      'key-missing',
      'key-unusable',
    ],
    [
      'the key, overwritten',
      `update patient_keys set ${flipped('wrapped', 8)} where patient_id = ${PATIENT}`,
      'key-changed',
      'key-unusable',
    ],
    ['the keys of two, exchanged', exchanged('patient_keys', 'wrapped'), 'key-changed', 'key-unusable'],
    [
      'the key, out of force',
      `update patient_keys set state = 'disabled' where patient_id = ${PATIENT}`,
      'key-missing',
    ],
    [
      'search tokens, deleted',
      `delete from search_tokens where patient_id = ${PATIENT}`,
      'search-tokens-mismatch',
    ],
    [
      'a search token, deleted',
      `delete from search_tokens where ctid = (select min(ctid) from search_tokens)`,
      'search-tokens-mismatch',
    ],
    [
      'search tokens of another',
      `insert into search_tokens select ${PATIENT}, field, key_version, token from search_tokens
       where patient_id = ${OTHER_PATIENT} on conflict do nothing`,
      'search-tokens-mismatch',
    ],
    [
      'search tokens of nobody',
      `insert into search_tokens select ${UNKNOWN}, field, key_version, token from search_tokens limit 1`,
      'search-tokens-mismatch',
    ],
    [
      'tokens of a claim, deleted',
      `delete from claim_tokens where record_id = (select min(record_id::text)::uuid from claim_tokens)`,
      'claim-tokens-mismatch',
    ],
    [
      'a token of a claim, deleted',
      `delete from claim_tokens where ctid = (select min(ctid) from claim_tokens where kind = 'month')`,
      'claim-tokens-mismatch',
    ],
    [
      'a token of a claim, put in',
      `insert into claim_tokens select patient_id, record_id, kind, key_version, sha256(token) from claim_tokens
       where kind = 'number' limit 1`,
      'claim-tokens-mismatch',
    ],
    [
      'the numbers of two claims, exchanged',
      `create temp table pair on commit drop as
         select record_id, token from claim_tokens where kind = 'number' order by record_id limit 2;
       delete from claim_tokens where kind = 'number' and record_id in (select record_id from pair);
       insert into claim_tokens select r.patient_id, r.id, 'number', 1, p.token
         from pair p join records r on r.id in (select record_id from pair) and r.id <> p.record_id`,
      'claim-tokens-mismatch',
    ],
    [
      'tokens of claims, of another version of the key',
      `update claim_tokens set key_version = 2 where kind = 'payer'`,
      'claim-tokens-mismatch',
    ],
    [
      'tokens of a claim, for a record that is none',
      `insert into claim_tokens select c.patient_id, r.id, c.kind, c.key_version, c.token from claim_tokens c
         join records r on r.patient_id = c.patient_id and r.resource_type = 'Condition' limit 1`,
      'claim-tokens-mismatch',
    ],
    ['source ids, deleted', `delete from source_ids where patient_id = ${PATIENT}`, 'source-id-missing'],
    [
      'a source id, put in',
      `insert into source_ids (patient_id, record_id, token, key_version, content, trusted)
         select patient_id, ${UNKNOWN}, sha256(token), key_version, content, trusted from source_ids limit 1`,
      'source-id-surplus',
    ],
    ['two source ids, exchanged', exchanged('source_ids', 'token', 'record_id'), 'source-id-changed'],
    ['what a source id says', `update source_ids set ${flipped('content', 3)}`, 'source-id-changed'],
    ['trust', `update source_ids set trusted = not trusted`, 'source-id-changed'],
  ])
})

describe('the directory', () => {
  named([
    ['two NPIs, exchanged', exchanged('directory_entries', 'npi_token'), 'directory-changed'],
    [
      'an NPI, taken away',
      `update directory_entries set npi_token = null where npi_token is not null`,
      'directory-changed',
    ],
    ['two ciphertexts, exchanged', exchanged('directory_entries', 'content'), 'directory-unreadable'],
    ['two source ids, exchanged', exchanged('directory_entries', 'source_token'), 'directory-changed'],
    ['trust', `update directory_entries set trusted = not trusted`, 'directory-changed'],
    ['its tag', `update directory_entries set ${flipped('content_tag', 3)}`, 'directory-changed'],
    [
      'an entry, deleted',
      'delete from directory_entries where id = (select min(id::text)::uuid from directory_entries)',
      'directory-missing',
    ],
    [
      'an entry, put in',
      `insert into directory_entries select (jsonb_populate_record(d, jsonb_build_object('id', ${UNKNOWN}::text,
         'source_token', '\\x00'))).* from directory_entries d limit 1`,
      'directory-unlogged',
    ],
  ])
})

describe('a key of the installation', () => {
  named([
    [
      'two purposes, exchanged',
      `update system_keys set purpose = 'aside' where purpose = 'directory';
       update system_keys set purpose = 'directory' where purpose = 'exports';
       update system_keys set purpose = 'exports' where purpose = 'aside'`,
      'key-changed',
    ],
    [
      'overwritten',
      `update system_keys set ${flipped('wrapped', 8)} where purpose = 'attempt-counters'`,
      'key-changed',
    ],
    ['two, exchanged', exchanged('system_keys', 'wrapped'), 'key-changed'],
    [
      'under another KEK',
      `update system_keys set kek_id = gen_random_uuid() where purpose = 'integrity'`,
      'key-changed',
    ],
    ['out of force', `update system_keys set state = 'disabled' where purpose = 'integrity'`, 'key-changed'],
    ['deleted', `delete from system_keys where purpose = 'attempt-counters'`, 'key-missing'],
    [
      'put in',
      `insert into system_keys (id, purpose, version, kek_id, wrapped, state)
       select ${UNKNOWN}, purpose, 2, kek_id, wrapped, 'decrypt-only' from system_keys limit 1`,
      'key-unlogged',
    ],
    ['the KEK, overwritten', `update keks set ${flipped('wrapped', 8)}`, 'key-changed'],
    ['the KEK, deleted', 'delete from keks', 'key-missing'],
  ])
})

describe('an export', () => {
  named([
    ['deleted with its release', 'delete from release_chunks; delete from export_requests', 'export-missing'],
    ['its release, deleted', 'delete from release_chunks', 'release-missing'],
    ['a piece, changed', `update release_chunks set ${flipped('content', 100)}`, 'release-changed'],
    ['a piece of no length', 'update release_chunks set bytes = bytes + 1', 'release-changed'],
    [
      'its manifest',
      `update export_requests set manifest = jsonb_set(manifest, '{patients}', '999')`,
      'export-changed',
    ],
    ['its manifest, deleted', 'update export_requests set manifest = null', 'export-changed'],
    [
      'put in',
      `insert into export_requests select (jsonb_populate_record(r, jsonb_build_object('id', ${UNKNOWN}::text))).*
       from export_requests r`,
      'export-unlogged',
    ],
  ])
})
