import type { Mutant } from '../mutant.ts'

const ACCESSES = 'apps/api/src/services/audit/accesses'
const ACCESSES_TEST = `${ACCESSES}/accesses.test.ts`
const FILE_TEST = 'apps/api/src/http/access-file.test.ts'
const FILTERS_TEST = 'apps/api/src/services/audit/filters.test.ts'
const ENTRY_FILTER = 'apps/api/src/services/audit/entry-filter.ts'
const WHY = 'apps/api/src/services/why'
const WHY_TEST = `${WHY}/why.test.ts`
const HOME_TEST = 'apps/api/src/services/home/home.test.ts'

/** Who saw a patient, the filters of the log, and what is counted of it. */
export const ACCESSES_OF_PATIENTS: readonly Mutant[] = [
  {
    name: 'whoever is asked for a code first is counted as refused',
    file: 'apps/api/src/guard/guard.ts',
    from: "if (code === 'STEP_UP_REQUIRED') return 'asked'",
    to: "if (code === 'STEP_UP_REQUIRED') return 'refused'",
    test: FILE_TEST,
    only: 'has to step up first, and was not refused',
  },
  {
    name: 'whoever is asked for a code first has viewed it',
    file: 'apps/api/src/services/home/activity.ts',
    from: "outcome in ('success', 'refused')",
    to: "outcome <> 'failure'",
    test: HOME_TEST,
    only: 'is counted as refused in no figure',
  },
  {
    name: 'a figure counts the whole of its first hour',
    file: 'apps/api/src/services/home/counted.ts',
    from: 'Math.ceil(since.getTime() / BUCKET_MS.hour)',
    to: 'Math.floor(since.getTime() / BUCKET_MS.hour)',
    test: 'apps/api/src/services/home/watch.test.ts',
    only: 'count from the very moment',
  },
  {
    name: 'who was refused has failed to sign in',
    file: 'apps/api/src/services/home/security.ts',
    from: "outcome === 'failure' && isSignIn(action)",
    to: 'isSignIn(action)',
    test: 'apps/api/src/services/home/watch.test.ts',
    only: 'security officer are those of the lists',
  },
  {
    name: 'a reason for unusual access is that of another person',
    file: 'apps/api/src/services/audit/explained.ts',
    from: 'one.actorId === actor.id && ',
    to: '',
    test: ACCESSES_TEST,
    only: 'after more than is usual',
  },
  {
    name: 'a reason for unusual access counts for ever',
    file: 'apps/api/src/services/audit/explained.ts',
    from: 'const COUNTS_MS = 60 * 60_000',
    to: 'const COUNTS_MS = 6_000 * 60_000',
    test: ACCESSES_TEST,
    only: 'after more than is usual',
  },
  {
    name: 'oldest first begins again with each page',
    file: 'apps/api/src/services/audit/search.ts',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of the file.
    from: 'oldest ? sql`and id > ${cursor}`',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of the file.
    to: 'oldest ? sql`and id >= ${cursor}`',
    test: FILTERS_TEST,
    only: 'newest first or oldest first',
  },
  {
    name: 'a chart that is looked at twice is opened twice',
    file: 'apps/api/src/services/home/charts-opened.ts',
    from: 'count(distinct patient_id)',
    to: 'count(patient_id)',
    test: HOME_TEST,
    only: 'mean the same in the figure',
  },
  {
    name: 'nobody saw a patient who is not there',
    file: `${ACCESSES}/require-patient.ts`,
    from: 'if (found === undefined) throw',
    to: 'if (found === null) throw',
    test: ACCESSES_TEST,
    only: 'finds no patient where there is none',
  },
  {
    name: 'whoever was refused reached the patient by what would have let them in',
    file: `${ACCESSES}/ground.ts`,
    from: "if (outcome === 'refused') {",
    to: "if (outcome === 'failure') {",
    test: ACCESSES_TEST,
    only: 'is a refusal by nothing that would have let them in',
  },
  {
    name: 'a patient who stood in a list was not seen',
    file: `${ACCESSES}/find.ts`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of the file.
    from: 'where p.patient_id = ${patientId} ${before',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of the file.
    to: 'where false and p.patient_id = ${patientId} ${before',
    test: ACCESSES_TEST,
    only: 'in a list says among how many patients',
  },
  {
    name: 'a print that is cut does not say so',
    file: `${ACCESSES}/print.ts`,
    from: 'cut: found.length > MOST_PRINTED',
    to: 'cut: found.length < 0',
    test: ACCESSES_TEST,
    only: 'says of a print that it is cut',
  },
  {
    name: 'a typed reason is opened for whoever may not open entries',
    file: `${ACCESSES}/view.ts`,
    from: "if (!holds(ctx, 'audit:entry:read'))",
    to: "if (holds(ctx, 'audit:entry:read') && hash === '')",
    test: ACCESSES_TEST,
    only: 'is told to be there, and not opened',
  },
  {
    name: 'the reason of a care relationship is opened for whoever may not open entries',
    file: 'apps/api/src/services/care/reasons.ts',
    from: "if (ids.length === 0 || !holds(ctx, 'audit:entry:read')) return reasons",
    to: 'if (ids.length === 0) return reasons',
    test: 'apps/api/src/services/care/add.test.ts',
    only: 'is listed with who gave it',
  },
  {
    name: 'the file of accesses ends with what is in memory',
    file: `${ACCESSES}/file.ts`,
    from: 'found.length < CHUNK) return',
    to: 'found.length <= CHUNK) return',
    test: FILE_TEST,
    only: 'has every access once',
  },
  {
    name: 'a session that nobody knows is looked for through the whole log',
    file: ENTRY_FILTER,
    from: 'if (from !== undefined) return { filters, lookedBackTo: null }',
    to: 'if (sessionId !== undefined) return { filters, lookedBackTo: null }',
    test: FILTERS_TEST,
    only: 'that the database does not know',
  },
  {
    name: 'whoever hides their own reads hides those of others',
    file: ENTRY_FILTER,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of the file.
    from: '(actor_id is distinct from ${readerId} or action',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a line of the file.
    to: '(actor_id = ${readerId} and false or action',
    test: FILTERS_TEST,
    only: 'hides what the reader has only looked at',
  },
  {
    name: 'the histogram counts more than the list shows',
    file: 'apps/api/src/services/audit/histogram.ts',
    from: '    filters.patientId,\n',
    to: '',
    test: FILTERS_TEST,
    only: 'by a patient, alone and in a list',
  },
  {
    name: 'a text that is no word of an action comes into the address',
    file: 'apps/web/src/features/audit/filter-words.ts',
    from: 'words.every((part)',
    to: 'words.some((part)',
    test: 'apps/web/src/features/audit/filters.test.ts',
    only: 'no text that a person may have typed',
  },
  {
    name: 'why somebody may is told from rows that nobody vouches for',
    file: `${WHY}/standing-then.ts`,
    from: 'const assignments = counts ? all : []',
    to: 'const assignments = all',
    test: WHY_TEST,
    only: 'does not vouch for',
  },
  {
    name: 'whoever can not sign in counts among those who can see',
    file: `${WHY}/readers.ts`,
    from: "account === 'active'",
    to: "account !== 'none'",
    test: WHY_TEST,
    only: 'who can not sign in',
  },
  {
    name: 'why somebody may is told by what this process has read',
    file: `${WHY}/standing-then.ts`,
    from: 'policies.inForce(people.flatMap(({ actor }) => actor.roles))',
    to: 'policies.inForce(people.flatMap(() => []))',
    test: WHY_TEST,
    only: 'by the version that somebody holds',
  },
  {
    name: 'why somebody may names another version of their role',
    file: `${WHY}/may.ts`,
    from: ' && (one.roleVersion ?? role.version) === role.version',
    to: ' && one.roleVersion === null',
    test: WHY_TEST,
    only: 'by the version that somebody holds',
  },
  {
    name: 'who broke the glass is not told by why',
    file: `${WHY}/may.ts`,
    from: 'await grantsAt(app, pairs, at)',
    to: 'await grantsAt(app, [], at)',
    test: WHY_TEST,
    only: 'having broken the glass',
  },
  {
    name: 'who can see as of a day is told as of now',
    file: `${WHY}/readers.ts`,
    from: 'const at = momentOf(app, asOf)',
    to: 'const at = momentOf(app, asOf && undefined)',
    test: WHY_TEST,
    only: 'care has ended',
  },
]
