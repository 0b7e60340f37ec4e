import type { Mutant } from '../mutant.ts'

const GUARDS_TEST = 'packages/db/src/guards.test.ts'
const KEYS_TEST = 'apps/api/src/services/keys/keys.test.ts'
const ROTATION_TEST = 'apps/api/src/services/keys/rotation.test.ts'
const KEYRING_TEST = 'apps/api/src/keys/keyring.test.ts'
const KEYS = 'apps/api/src/services/keys/'

/** A function of the database with a piece of its text taken out for another. */
const edited = (name: string, from: string, to: string): string => `do $mutant$
  declare text text := pg_get_functiondef('${name}'::regproc);
  begin
    assert position('${from}' in text) > 0;
    execute replace(text, '${from}', '${to}');
  end $mutant$`

/** States of keys, and rotations. */
export const ROTATION: readonly Mutant[] = [
  {
    name: 'a key goes from any state to any other',
    sql: 'drop trigger system_keys_move_on on system_keys',
    test: GUARDS_TEST,
    only: 'go from primary to disabled',
  },
  {
    name: 'the application adds a key of any state',
    sql: 'drop trigger keks_born on keks; drop trigger system_keys_born on system_keys',
    test: GUARDS_TEST,
    only: 'that the application adds are pending',
  },
  {
    name: 'a trigger reads a temporary table of the writer’s in the place of ours',
    sql: 'alter function no_role_of_a_patient() reset search_path',
    test: GUARDS_TEST,
    only: 'is no temporary table of the writer',
  },
  {
    name: 'a wrapped key is overwritten under the same KEK',
    sql: 'drop trigger system_keys_stay on system_keys',
    test: GUARDS_TEST,
    only: 'change their bytes with the KEK alone',
  },
  {
    name: 'a KEK is retired under which keys are wrapped',
    sql: 'drop trigger keks_free on keks',
    test: GUARDS_TEST,
    only: 'under which others are wrapped',
  },
  {
    name: 'keys are wrapped under a retired KEK',
    sql: 'drop trigger system_keys_rewrapped on system_keys',
    test: GUARDS_TEST,
    only: 'change their bytes with the KEK alone',
  },
  {
    name: 'a patient’s key is retired though records are sealed with it',
    sql: 'drop trigger patient_keys_free on patient_keys',
    test: GUARDS_TEST,
    only: 'are not retired while anything is sealed',
  },
  {
    name: 'the login of rotations puts anything in the place of a record',
    sql: 'drop trigger record_versions_resealed on record_versions',
    test: GUARDS_TEST,
    only: 'are sealed anew with the key in force',
  },
  {
    name: 'a row that is no key stops every process',
    file: 'apps/api/src/keys/load-system-keys.ts',
    from: 'unwrappedOr(undefined, unwrap, leftOut)',
    to: 'unwrapped(unwrap)',
    test: KEYRING_TEST,
    only: 'keeps no process from its start',
  },
  {
    name: 'what does not unwrap comes into force',
    file: `${KEYS}promote.ts`,
    from: 'if (!isAtHand) throw',
    to: "if (!isAtHand && id === '') throw",
    test: KEYRING_TEST,
    only: 'does not come into force',
  },
  {
    name: 'a rotation on suspicion does not name the copies that the earlier key opens',
    file: `${KEYS}rotate-patient.ts`,
    from: '.toReversed()',
    to: '.slice(0, 0)',
    test: KEYS_TEST,
    only: 'on suspicion by a privacy officer',
  },
  {
    name: 'one row that somebody changed keeps a patient’s records under the suspected key',
    file: `${KEYS}rewrite/patient.ts`,
    from: 'if (!isChanged(error)) throw error',
    to: 'throw error',
    test: ROTATION_TEST,
    only: 'a list of care that somebody changed',
  },
  {
    name: 'a rotation of suspicion waits behind the others',
    file: `${KEYS}run-rotations.ts`,
    from: "cause === 'suspicion' ? 0",
    to: "cause === 'suspicion' ? 3",
    test: ROTATION_TEST,
    only: 'one of suspicion comes first',
  },
  {
    name: 'a rotation keeps all others waiting',
    file: `${KEYS}run-rotations.ts`,
    from: 'if (isLong && row.waits) throw',
    to: 'if (isLong && row.waits && !this.#hasMade) throw',
    test: ROTATION_TEST,
    only: 'none waits for longer than another',
  },
  {
    name: 'a rotation goes round for ever where something does not open',
    file: `${KEYS}run-rotations.ts`,
    from: "if (skipped > 0 || before === 'in-use') return",
    to: "if (skipped < 0 && before === 'in-use') return",
    test: ROTATION_TEST,
    only: 'hashes of a row that somebody put there',
  },
  {
    name: 'a key comes into force before other processes know it',
    file: `${KEYS}run-rotations.ts`,
    from: '      if (!this.#settled()) return\n      await this.#promote(rekey)',
    to: '      await this.#promote(rekey)',
    test: KEYS_TEST,
    only: 'two processes write on while every key',
  },
  {
    name: 'who writes does not look which key of the patient is in force',
    file: 'apps/api/src/vault/write-records.ts',
    from: '  if (row.id !== keys.sealingKeyId) throw new StaleKeys()\n',
    to: '',
    test: KEYS_TEST,
    only: 'is written with from then on',
  },
  {
    name: 'a patient’s key that has changed its state stays in memory',
    file: 'apps/api/src/keys/keyring.ts',
    from: '      this.#changed.set(patientId, ms)\n      this.#patients.evict(patientId)',
    to: '      this.#changed.set(patientId, ms)',
    test: KEYS_TEST,
    only: 'is forgotten by a process that looks',
  },
  {
    name: 'a key is destroyed though a backup is kept that may need it',
    file: `${KEYS}kept-backups.ts`,
    from: ', ...kept.map(({ startedAt }) => startedAt.getTime())',
    to: '',
    test: KEYS_TEST,
    only: 'is destroyed when no backup is kept',
  },
  {
    name: 'a retired key that something needs is destroyed',
    file: `${KEYS}destroy.ts`,
    from: '    const isDone = !row.isNeeded && (!row.isDue || (await unlessInUse(destroySystemKey({ app, rekey }, key))))',
    to: '    const isDone = (!row.isDue || (await unlessInUse(destroySystemKey({ app, rekey }, key))))',
    test: KEYS_TEST,
    only: 'that something turns out to need opens again, and',
  },
  {
    name: 'a patient’s key that something needs stays retired',
    file: `${KEYS}destroy.ts`,
    from: "      if (!isDone) await move('decrypt-only')",
    to: "      if (!isDone && row.id === '') await move('decrypt-only')",
    test: KEYS_TEST,
    only: 'of a patient that something turns out to need',
  },
  {
    name: 'who writes a key’s state says when it began',
    sql: edited('keys_move_on', 'NEW.state_at := clock_timestamp();', ''),
    test: GUARDS_TEST,
    only: 'have the time of a state from the database',
  },
  {
    name: 'a key is destroyed as soon as it is retired',
    sql: edited(
      'keys_move_on',
      'AND OLD.state_at > clock_timestamp()',
      'AND false AND OLD.state_at > clock_timestamp()',
    ),
    test: GUARDS_TEST,
    only: 'are destroyed a day after they were retired, and not before',
  },
  {
    name: 'a patient’s key is destroyed as soon as it is retired',
    sql: edited(
      'patient_key_is_free',
      'AND OLD.state_at > clock_timestamp()',
      'AND false AND OLD.state_at > clock_timestamp()',
    ),
    test: GUARDS_TEST,
    only: 'are destroyed a day after they were retired, but for a shred',
  },
  {
    name: 'a key of the system is retired though something was made with it',
    sql: 'drop trigger system_keys_free on system_keys',
    test: GUARDS_TEST,
    only: 'by which anything was made|of what does not say',
  },
  {
    name: 'rows of patients out of scope are taken for none when a key is retired',
    sql: "create or replace function sees_all_rows() returns boolean language sql as 'select true'",
    test: GUARDS_TEST,
    only: 'by which anything was made',
  },
  {
    name: 'a temporary table is taken for the one whose rows need a key',
    sql: `alter function system_key_is_free() reset search_path;
      alter function system_key_in_use(text, uuid, integer) reset search_path`,
    test: GUARDS_TEST,
    only: 'by which anything was made',
  },
  {
    name: 'a key goes out of force though none takes its place',
    sql: 'drop trigger system_keys_succeeded on system_keys',
    test: GUARDS_TEST,
    only: 'go out of force for another',
  },
  {
    name: 'a column that names keys is not asked for when one is retired',
    sql: edited(
      'system_key_in_use',
      'OR EXISTS (SELECT FROM covers WHERE substring(reason FROM 3 FOR 16) = named)',
      '',
    ),
    test: KEYS_TEST,
    only: 'is asked for by the database in the same columns',
  },
  {
    name: 'the application’s login takes a patient’s key out of force',
    sql: edited('keys_move_on', 'IF owned AND NEW.state NOT IN', 'IF false AND owned AND NEW.state NOT IN'),
    test: GUARDS_TEST,
    only: 'are destroyed a day after they were retired, but for a shred',
  },
  {
    name: 'the application’s login takes a key of the system out of force',
    sql: 'grant update (state) on system_keys to chartward_app',
    test: 'packages/db/src/grants.test.ts',
    only: 'changes',
  },
  {
    name: 'a KEK that the key store does not give wraps what is new',
    file: 'apps/api/src/keys/keks.ts',
    from: '    if (this.#held.has(id) || this.#lapsed.has(id)) this.#primary = id',
    to: '    if (id !== this.#primary) this.#primary = id',
    test: 'apps/api/src/keys/keks.test.ts',
    only: 'that came in force while its store was silent',
  },
  {
    name: 'the keys that were rewrapped are not told of',
    file: `${KEYS}rewrite/rewrap.ts`,
    from: '    tell: told.length === 0 ? null : entryOf(kekId, told),',
    to: '    tell: kekId.length < 0 ? entryOf(kekId, told) : null,',
    test: ROTATION_TEST,
    only: 'of the KEK wraps|leaves a database in which',
  },
]
