import type { Mutant } from '../mutant.ts'

const LOG_KEYS_TEST = 'packages/audit/src/log-keys/log-keys.test.ts'
const BUNDLE_TEST = 'packages/audit/src/signed-bundle/signed-bundle.test.ts'
const VERIFY_BUNDLE = 'packages/audit/src/signed-bundle/verify.ts'
const SIGN_BUNDLE_TEST = 'apps/api/src/services/bundles/sign-bundle.test.ts'
const ROTATION_TEST = 'apps/api/src/services/bundles/rotation.test.ts'

/** The keys that sign checkpoints and bundles, and what they sign. */
export const SIGNING: readonly Mutant[] = [
  {
    name: 'a key that was handed over from signs later trees',
    file: 'packages/audit/src/log-keys/log-keys.ts',
    from: 'this.#keys.findLast(({ index }) => index < size)',
    to: 'this.#keys.find(({ index }) => index < size)',
    test: LOG_KEYS_TEST,
    only: 'signs no later tree',
  },
  {
    name: 'a handover counts without the key before it',
    file: 'packages/audit/src/log-keys/statement.ts',
    from: 'if (signers.join() !== expected.join())',
    to: 'if (signers.length === 0)',
    test: LOG_KEYS_TEST,
    only: 'counts only if both keys have signed it',
  },
  {
    name: 'a handover counts that is not in the tree',
    file: 'packages/audit/src/log-keys/proven-entry.ts',
    from: 'if (!verifyInclusion({ index, size, leafHash: leafHash(bytes), proof, root })) return null',
    to: 'if (!verifyInclusion({ index, size, leafHash: leafHash(bytes), proof, root })) return parseEntry(bytes)',
    test: LOG_KEYS_TEST,
    only: 'is refused where it is not in the tree',
  },
  {
    name: 'a bundle holds though the log does not know it',
    file: VERIFY_BUNDLE,
    from: 'facts.manifest !== manifestHash ||',
    to: '',
    test: BUNDLE_TEST,
    only: 'where the log does not say',
  },
  {
    name: 'a bundle holds though its key was handed over to by nobody',
    file: VERIFY_BUNDLE,
    from: '[before?.key ?? null, logKeys.keyAt(enrolled.index)].includes(statement.previous) &&',
    to: '',
    test: BUNDLE_TEST,
    only: 'where no entry enrols the key',
  },
  {
    name: 'a bundle may hold files that nobody signed',
    file: VERIFY_BUNDLE,
    from: 'if (more !== null) throw misplaced(',
    to: 'if (more !== null) void misplaced(',
    test: BUNDLE_TEST,
    only: 'one at the end',
  },
  {
    name: 'a file of a bundle is not compared with its hash',
    file: VERIFY_BUNDLE,
    from: 'if (!equalBytes(hasher.digest(), sha256))',
    to: 'if (hasher.digest().length !== sha256.length)',
    test: BUNDLE_TEST,
    only: 'a file that says something else',
  },
  {
    name: 'a checkpoint of a bundle may carry signatures of anybody',
    file: VERIFY_BUNDLE,
    from: 'await verifyNoteBy(note, found.keys.all)',
    to: '',
    test: BUNDLE_TEST,
    only: 'one with a signature that nobody knows',
  },
  {
    name: 'a manifest has many spellings',
    file: 'packages/audit/src/signed-bundle/format.ts',
    from: 'if (canonical !== line) {',
    to: 'if (canonical === null) {',
    test: BUNDLE_TEST,
    only: 'spelt with a space',
  },
  {
    name: 'a file of a bundle leads out of the folder that it is unpacked in',
    file: 'packages/audit/src/signed-bundle/tar.ts',
    from: 'name.length <= MAX_NAME_BYTES && NAME.test(name)',
    to: 'name.length <= MAX_NAME_BYTES',
    test: BUNDLE_TEST,
    only: 'a path that leads upwards',
  },
  {
    name: 'whoever can append entries enrols a signing key',
    file: 'apps/api/src/sequencer/enrolments.ts',
    from: "problems.set(columns.id, 'key-not-handed-over')",
    to: 'problems.delete(columns.id)',
    test: SIGN_BUNDLE_TEST,
    only: 'does not enter the log, whoever can append entries',
  },
  {
    name: 'a signing key that nobody handed over to is missed by verify',
    file: 'apps/api/src/services/audit/integrity/signing-keys.ts',
    from: 'if (!follows)',
    to: 'if (!follows && note === "")',
    test: SIGN_BUNDLE_TEST,
    only: 'is named by verify',
  },
  {
    name: 'a bundle key signs on after it was handed over from',
    file: 'packages/audit/src/log-keys/bundle-keys.ts',
    from: 'key === statement.previous && at - index <= BUNDLE_KEY_GRACE',
    to: 'key === statement.previous',
    test: SIGN_BUNDLE_TEST,
    only: 'nothing that the log takes a thousand entries later',
  },
  {
    name: 'the log takes bundles by a key that was lost',
    file: 'apps/api/src/sequencer/enrolments.ts',
    from: "problems.set(columns.id, 'key-not-in-force')",
    to: 'problems.delete(columns.id)',
    test: SIGN_BUNDLE_TEST,
    only: 'signs nothing from its successor on',
  },
  {
    name: 'a bundle by a key not in force is missed by verify',
    file: 'apps/api/src/services/audit/integrity/signing-keys.ts',
    from: '!signsBundlesAt(this.#bundleKey, entry.facts.key, leaf.index)',
    to: 'entry.facts.key === null',
    test: SIGN_BUNDLE_TEST,
    only: 'where a log tells of a bundle by it',
  },
  {
    name: 'a handover breaks whoever has pinned the first key',
    file: 'apps/api/src/sequencer/signer.ts',
    from: 'age < BOTH_SIGN_MS ? [signer, before]',
    to: 'age < 0 ? [signer, before]',
    test: ROTATION_TEST,
    only: 'gives both signatures for thirty days',
  },
]
