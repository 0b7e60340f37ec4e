import type { Mutant } from '../mutant.ts'

const GUARDS_TEST = 'packages/db/src/guards.test.ts'
const KEYS_TEST = 'apps/api/src/services/keys/keys.test.ts'
const ROTATION_TEST = 'apps/api/src/services/keys/rotation.test.ts'
const KEYS = 'apps/api/src/services/keys/'

/** States of keys, and rotations. */
export const ROTATION: readonly Mutant[] = [
  {
    name: 'a key goes from any state to any other',
    sql: 'drop trigger system_keys_move_on on system_keys',
    test: GUARDS_TEST,
    only: 'go from primary to disabled',
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
    from: ' || kept.some(({ startedAt }) => startedAt < retired)',
    to: ' || kept.length < 0',
    test: KEYS_TEST,
    only: 'is destroyed when no backup is kept',
  },
  {
    name: 'a retired key that something needs is destroyed',
    file: `${KEYS}destroy.ts`,
    from: 'if (counted !== null && usesOf(counted, key) > 0) {',
    to: "if (counted !== null && key.id === '') {",
    test: KEYS_TEST,
    only: 'turns out to need opens again',
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
