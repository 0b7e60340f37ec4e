import type { Mutant } from '../mutant.ts'

const KEK_TEST = 'packages/crypto/src/kek.test.ts'
const KEKS_TEST = 'apps/api/src/keys/keks.test.ts'
const STORES_TEST = 'apps/api/src/keys/kms/stores.test.ts'
const MOVE_TEST = 'apps/api/src/services/keys/move-keks.test.ts'
const SETTINGS_TEST = 'apps/api/src/keys/kms/settings.test.ts'

/** The root key and what holds it. */
export const KMS: readonly Mutant[] = [
  {
    name: 'the KEK of another row is taken',
    file: 'packages/crypto/src/kek.ts',
    from: 'if (!plain.subarray(OWNER_BYTES, OWNER_BYTES + UUID_BYTES).equals(uuidToBytes(id)))',
    to: "if (id === '')",
    test: KEK_TEST,
    only: 'is not taken from a provider',
  },
  {
    name: "another installation's KEK is taken",
    file: 'packages/crypto/src/kek.ts',
    from: 'if (!plain.subarray(0, OWNER_BYTES).equals(ownerOf(installation)))',
    to: "if (installation === '')",
    test: KEK_TEST,
    only: 'unwraps as itself',
  },
  {
    name: 'a file that says argon2id costs nothing is believed',
    file: 'packages/crypto/src/passphrase-kms.ts',
    from: 'if (!(cost[part] >= LEAST[part] && cost[part] <= MOST[part]))',
    to: "if (file === '')",
    test: KEK_TEST,
    only: 'is refused where the file was changed',
  },
  {
    name: 'AWS answers for another key',
    file: 'apps/api/src/keys/kms/aws.ts',
    from: 'if (keyId !== this.#settings.arn || bytes === undefined || bytes.length === 0)',
    to: 'if (bytes === undefined || bytes.length === 0)',
    test: STORES_TEST,
    only: 'is not believed where it answers for another key',
  },
  {
    name: 'AWS is told of no context',
    file: 'apps/api/src/keys/kms/aws.ts',
    from: "  'chartward:kek': kekId,\n",
    to: '',
    test: STORES_TEST,
    only: 'refuses bytes in the place of another KEK',
  },
  {
    name: 'Transit is told of no KEK',
    file: 'apps/api/src/keys/kms/bound.ts',
    from: ', kekId]',
    to: ']',
    test: STORES_TEST,
    only: 'refuses bytes in the place of another KEK',
  },
  {
    name: 'a key store that never answers is waited for without end',
    file: 'apps/api/src/keys/kms/attempts.ts',
    from: "      reject(new KmsError('late'))\n      late.abort()\n",
    to: '',
    test: STORES_TEST,
    only: 'that answers late once',
  },
  {
    name: 'a secret that others could read is used',
    file: 'packages/crypto/src/key-file.ts',
    from: 'requirePrivateFile(path, fstatSync(fd), process.getuid?.())\n    const end = readAll(fd, text)\n    if (end === 0 || end > MOST_TEXT)',
    to: 'const end = readAll(fd, text)\n    if (end === 0 || end > MOST_TEXT)',
    test: STORES_TEST,
    only: 'is not asked with a secret that others could read',
  },
  {
    name: 'a key store beyond loopback is set in the clear',
    file: 'apps/api/src/keys/kms/settings.ts',
    from: "const isPlain = url?.protocol === 'http:' && isLoopback(url.hostname)",
    to: "const isPlain = url?.protocol === 'http:'",
    test: SETTINGS_TEST,
    only: 'is not asked beyond loopback in the clear',
  },
  {
    name: 'a KEK is held for ever without its key store',
    file: 'apps/api/src/keys/keks.ts',
    from: 'if (held !== undefined && this.#now() - held.confirmedAt <= this.#holdMs) return held.kek',
    to: 'if (held !== undefined) return held.kek',
    test: KEKS_TEST,
    only: 'also where nothing is done meanwhile',
  },
  {
    name: 'a KEK of a disabled key is used on',
    file: 'apps/api/src/keys/keks.ts',
    from: "if (problem === 'disabled') this.#lapse([row.id])",
    to: '',
    test: KEKS_TEST,
    only: 'whose key its store says is disabled',
  },
  {
    name: "patients' keys outlive the KEK in the cache",
    file: 'apps/api/src/keys/keyring.ts',
    from: 'keks.onLapse(() => this.#patients.clear())',
    to: '',
    test: KEKS_TEST,
    only: 'is used no longer than the KEK',
  },
  {
    name: 'another key takes the place of the one held',
    file: 'apps/api/src/keys/keks.ts',
    from: '(before !== undefined && !constantTimeEqual(before, digestOf(kek)))',
    to: 'false',
    test: KEKS_TEST,
    only: 'is not exchanged for another answer',
  },
  {
    name: 'a KEK is moved to a key store that does not give it back',
    file: 'apps/api/src/services/keys/move-keks.ts',
    from: 'if (!isSame)',
    to: 'if (isSame === null)',
    test: MOVE_TEST,
    only: 'stay where the new key store gives back another key',
  },
  {
    name: 'a KEK that was changed meanwhile is moved over',
    file: 'apps/api/src/services/keys/move-keks.ts',
    from: 'eq(schema.keks.wrapped, wrapped), ',
    to: '',
    test: MOVE_TEST,
    only: 'are not moved twice',
  },
  {
    name: 'a key is compared with the first entry that tells of it',
    file: 'apps/api/src/services/audit/integrity/key-rows.ts',
    from: "if (type !== 'Key' || id === null || entry.outcome !== 'success' || entry.patientId !== null) continue",
    to: "if (type !== 'Key' || id === null || this.#told.has(id) || entry.patientId !== null) continue",
    test: MOVE_TEST,
    only: 'are the same keys under its root',
  },
]
