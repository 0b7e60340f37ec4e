import type { Mutant } from '../mutant.ts'

/** What leaves. */
export const EXPORTS: readonly Mutant[] = [
  {
    name: 'a build names nobody whose records it reads',
    file: 'apps/api/src/services/exports/build/build-release.ts',
    from: 'await namePatients(app, exportId, ids)',
    to: '',
    test: 'apps/api/src/services/exports/build/build-release.test.ts',
    only: 'cut off leaves nothing',
  },
  {
    name: 'a de-identification is run before the log has it',
    file: 'apps/api/src/cli/deid/record-run.ts',
    from: "await app.audit.commit({ ...run, action: 'deid.started', outcome: 'success' })",
    to: '',
    test: 'apps/api/src/cli/deid/record-run.test.ts',
    only: 'can not be written',
  },
  {
    name: 'a release leaves though an identifier was found in it',
    file: 'apps/api/src/services/exports/build/verify-release.ts',
    from: 'if (total > 0) {',
    to: 'if (total < 0) {',
    test: 'apps/api/src/services/exports/build/build-release.test.ts',
    only: 'hold an identifier',
  },
  {
    name: 'a build is approved where there is no space for it',
    file: 'apps/api/src/services/exports/approve.ts',
    from: "await ctx.app.space.require('low')",
    to: '',
    test: 'apps/api/src/core/space.test.ts',
    only: 'no build of an export is approved',
  },
  {
    name: 'a long number leaves with every digit because it ends in .0',
    file: 'packages/deid/src/records/safe-harbor/numbers.ts',
    from: 'digitsIn(value) <= 7',
    to: 'digitsIn(value) > 0',
    test: 'packages/deid/src/records/safe-harbor/numbers.test.ts',
  },
  {
    name: 'the verifier of a release looks at doubles instead of digits',
    file: 'packages/deid/src/records/verify/leaves.ts',
    from: 'JSON.parse(text, asWritten)',
    to: 'JSON.parse(text)',
    test: 'packages/deid/src/records/verify/find-identifiers.test.ts',
    only: 'more digits than a double holds',
  },
  {
    name: 'an export has what is not as it reads',
    file: 'apps/api/src/services/exports/build/write-release.ts',
    from: 'if (why !== null) {',
    to: 'if (why === null && why !== null) {',
    test: 'apps/api/src/services/exports/build/build-release.test.ts',
    only: 'has none of them',
  },
  {
    name: 'an export looks for modifiers only in the classes that it releases',
    file: 'apps/api/src/services/exports/build/write-release.ts',
    from: 'readRecords(context, type, included, FIELD_CLASSES)',
    to: 'readRecords(context, type, included, releasedClasses(type))',
    test: 'apps/api/src/services/exports/build/build-release.test.ts',
    only: 'has none of them',
  },
]
