import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'
import type { FindingCode } from './finding.ts'
import {
  csvOf,
  type Files,
  folderOf,
  POPULATIONS,
  type ReleaseDraft,
  resealed,
  sampleDraft,
  seal,
} from './testing/sample-release.ts'
import { type VerifyOptions, verifyTableRelease } from './verify-table-release.ts'

const CANARY = 'Zubrowski-Qvist'
const OPTIONS: VerifyOptions = { zip3Populations: POPULATIONS, canaries: [CANARY] }

/** What an attacker does to a release: before its files are written and hashed, or after. */
interface Sabotage {
  readonly name: string
  readonly code: FindingCode
  readonly change?: (draft: ReleaseDraft) => void
  readonly tamper?: (files: Files, draft: ReleaseDraft) => Files
  readonly options?: Partial<VerifyOptions>
}

const build = ({ change, tamper }: Pick<Sabotage, 'change' | 'tamper'>): Files => {
  const draft = sampleDraft()
  change?.(draft)
  const files = seal(draft)
  return tamper === undefined ? files : tamper(files, draft)
}

const verify = (sabotage: Pick<Sabotage, 'change' | 'tamper' | 'options'>) =>
  verifyTableRelease(folderOf(build(sabotage)), { ...OPTIONS, ...sabotage.options })

const [PATIENT, AGE, ZIP, DIAGNOSIS, COST] = [0, 2, 3, 4, 5]

/** A cell of the table, in both files. */
const cell =
  (row: number, column: number, value: string) =>
  ({ rows }: ReleaseDraft): void => {
    const cells = rows[row]
    if (cells !== undefined) cells[column] = value
  }

const columnOf = ({ manifest }: ReleaseDraft, name: string) => {
  const column = manifest.columns.find((candidate) => candidate.name === name)
  if (column === undefined) throw new Error('no such column')
  return column
}

const planned = ({ manifest }: ReleaseDraft, name: string) => {
  const column = manifest.plan.columns[name]
  if (column === undefined) throw new Error('no such column')
  return column
}

/** A label of a quasi-identifier, given to every row that has another, and a coverage. */
const relabel = (draft: ReleaseDraft, column: number, name: string, from: string, to: string): void => {
  for (const row of draft.rows) if (row[column] === from) row[column] = to
  const { coverage } = columnOf(draft, name)
  if (coverage === null) return
  coverage.labels[to] = coverage.labels[from] ?? 1
  delete coverage.labels[from]
}

const setReached = (kind: string, reached: number) => (draft: ReleaseDraft) => {
  for (const claim of draft.manifest.models) if (claim.model.kind === kind) claim.reached = reached
}

const distribution = ({ manifest }: ReleaseDraft) => {
  const [first] = manifest.distributions
  if (first === undefined) throw new Error('no distribution')
  return first
}

const profile = ({ manifest }: ReleaseDraft, claimed: ReleaseDraft['manifest']['profile']): void => {
  manifest.profile = claimed
  manifest.plan.profile = claimed
}

const transform = (draft: ReleaseDraft, name: string, kind: 'keep' | 'pseudonym' | 'scrub'): void => {
  planned(draft, name).transform = { kind }
  columnOf(draft, name).transform = { kind }
}

/** A column that the plan leaves out, or does not know, released all the same. */
const addColumn = (draft: ReleaseDraft, name: string, value: string): void => {
  draft.header.push(name)
  for (const row of draft.rows) row.push(value)
  draft.manifest.columns.push({
    name,
    role: 'identifier',
    category: 'A',
    content: 'other',
    transform: { kind: 'keep' },
    coverage: null,
    weight: 1,
  })
  draft.dictionary = { columns: draft.header.map((column) => ({ name: column })) }
}

const text = (files: Files, name: string): string => new TextDecoder().decode(files.get(name))

/** The manifest's text changed, everything else as it was. */
const manifestText =
  (from: string | RegExp, to: string) =>
  (files: Files): Files =>
    new Map([
      ...files,
      ['manifest.json', new TextEncoder().encode(text(files, 'manifest.json').replace(from, to))],
    ])

/** A file's text changed, and the manifest's hash and size with it. */
const fileText =
  (name: string, change: (before: string) => string) =>
  (files: Files, { manifest }: ReleaseDraft): Files =>
    resealed(new Map([...files, [name, new TextEncoder().encode(change(text(files, name)))]]), manifest)

const csvOnly = (draft: ReleaseDraft): void => {
  draft.manifest.plan.formats = ['csv']
}

const FILES: readonly Sabotage[] = [
  {
    name: 'a cell changed after the hashes were taken',
    code: 'wrong-hash',
    tamper: (files) =>
      new Map([
        ...files,
        ['data.csv', new TextEncoder().encode(text(files, 'data.csv').replace('asthma', 'ASTHMA'))],
      ]),
  },
  {
    name: 'a byte added to a file',
    code: 'wrong-size',
    tamper: (files) =>
      new Map([...files, ['report.html', new TextEncoder().encode(`${text(files, 'report.html')} `)]]),
  },
  {
    name: 'a hash in the manifest changed',
    code: 'wrong-hash',
    tamper: manifestText(/"sha256":"[0-9a-f]{64}"\}\]/, `"sha256":"${'0'.repeat(64)}"}]`),
  },
  {
    name: 'a file added to the folder',
    code: 'extra-file',
    tamper: (files) => new Map([...files, ['crosswalk.csv', new Uint8Array(1)]]),
  },
  {
    name: 'a file added to the folder and to the manifest',
    code: 'bad-manifest',
    tamper: (files, { manifest }) =>
      resealed(new Map([...files, ['crosswalk.csv', new Uint8Array(1)]]), manifest),
  },
  ...['data.csv', 'data.parquet', 'dictionary.json', 'report.json', 'report.html', 'manifest.json'].map(
    (name): Sabotage => ({
      name: `${name} missing`,
      code: 'missing-file',
      tamper: (files) => new Map([...files].filter(([other]) => other !== name)),
    }),
  ),
  {
    name: 'a truncated CSV with its hash made to fit',
    code: 'bad-csv',
    tamper: fileText('data.csv', (before) => before.slice(0, -5)),
  },
  {
    name: 'a truncated Parquet file with its hash made to fit',
    code: 'bad-parquet',
    tamper: (files, { manifest }) =>
      resealed(
        new Map([...files, ['data.parquet', (files.get('data.parquet') ?? new Uint8Array()).slice(0, -20)]]),
        manifest,
      ),
  },
  {
    name: 'CSV lines that end without a carriage return',
    code: 'bad-csv',
    tamper: fileText('data.csv', (before) => before.replaceAll('\r\n', '\n')),
  },
  {
    name: 'a quote within an unquoted cell',
    code: 'bad-csv',
    tamper: fileText('data.csv', (before) => before.replace('asthma', 'as"thma')),
  },
  {
    name: 'a record with a cell too many',
    code: 'bad-csv',
    tamper: fileText('data.csv', (before) => before.replace('asthma', 'asthma,')),
  },
  {
    name: 'a CSV that is not UTF-8',
    code: 'bad-csv',
    tamper: (files, { manifest }) =>
      resealed(new Map([...files, ['data.csv', new Uint8Array([0x61, 0xff, 0x0d, 0x0a])]]), manifest),
  },
  {
    name: 'an empty CSV',
    code: 'bad-csv',
    tamper: fileText('data.csv', () => ''),
  },
  {
    name: 'a header with one name twice',
    code: 'wrong-columns',
    tamper: fileText('data.csv', (before) => before.replace('sex,', 'age,')),
  },
  {
    name: 'columns in another order than the manifest has them',
    code: 'wrong-columns',
    tamper: fileText('data.csv', (before) => before.replace('sex,age', 'age,sex')),
  },
  {
    name: 'a cell of the Parquet file that the CSV does not have',
    code: 'formats-differ',
    change: (draft) => {
      draft.parquetRows = draft.rows.map((row, at) =>
        row.with(DIAGNOSIS, at === 7 ? 'other' : (row[DIAGNOSIS] ?? '')),
      )
    },
  },
  {
    name: 'the rows of the Parquet file in another order',
    code: 'formats-differ',
    change: (draft) => {
      draft.parquetRows = draft.rows.toReversed()
    },
  },
]

const MANIFEST: readonly Sabotage[] = [
  ...[
    ['no JSON', /^\{/, ''],
    ['a member that the format does not know', /^\{/, '{"note":1,'],
    ['a member missing', /"engine":"test",/, ''],
    ['a name twice in one object', /"k":5/, '"k":5,"k":2'],
    ['a negative count', /"suppressedRows":4/, '"suppressedRows":-4'],
    ['a fraction for a count', /"rows":64/, '"rows":64.5'],
    ['a number that is not finite', /"reached":12/, '"reached":1e999'],
    ['NaN', /"reached":12/, '"reached":NaN'],
    ['a number as text', /"reached":12/, '"reached":"12"'],
    ['a share above 1', /"loss":0\.1/, '"loss":1.1'],
    ['a hash that is none', /"planSha256":"[0-9a-f]/, '"planSha256":"x'],
    ['a day that no calendar has', '2024-06-30', '2024-06-31'],
    ['an unknown model', '"kind":"k-anonymity"', '"kind":"m-anonymity"'],
  ].map(
    ([name, from, to]): Sabotage => ({
      name: `a manifest with ${name}`,
      code: 'bad-manifest',
      tamper: manifestText(from ?? '', String(to)),
    }),
  ),
  {
    name: 'the plan swapped for another',
    code: 'plan-hash',
    tamper: manifestText('"suppressionLimit":0.1', '"suppressionLimit":0.9'),
  },
  {
    name: 'another plan than the one approved, consistent in itself',
    code: 'plan-hash',
    options: { planSha256: 'f'.repeat(64) },
  },
  {
    name: 'a plan of a weaker k, hashed again, while the claims stay',
    code: 'plan-mismatch',
    change: ({ manifest }) => {
      manifest.plan.models[0] = { kind: 'k-anonymity', k: 2 }
    },
  },
  {
    name: 'a model of the plan left out of the claims',
    code: 'plan-mismatch',
    change: ({ manifest }) => {
      manifest.models.pop()
    },
  },
  {
    name: 'another profile claimed than planned',
    code: 'plan-mismatch',
    change: ({ manifest }) => {
      manifest.profile = 'expert-determination'
    },
  },
  {
    name: 'a quasi-identifier called insensitive, so that it is in no class',
    code: 'plan-mismatch',
    change: (draft) => {
      columnOf(draft, 'zip').role = 'insensitive'
      columnOf(draft, 'zip').coverage = null
    },
  },
  {
    name: 'a column weighed otherwise than planned',
    code: 'plan-mismatch',
    change: (draft) => {
      columnOf(draft, 'age').weight = 0
    },
  },
  {
    name: 'rows counted where the plan counts patients',
    code: 'plan-mismatch',
    change: (draft) => {
      draft.manifest.patientColumn = null
    },
  },
  {
    name: 'another method than the plan asks for',
    code: 'plan-mismatch',
    change: ({ manifest }) => {
      manifest.method = 'local'
      manifest.proof = { kind: 'heuristic' }
    },
  },
  {
    name: 'a local solution that claims to be optimal',
    code: 'wrong-proof',
    change: ({ manifest }) => {
      manifest.plan.search.method = 'best'
      manifest.method = 'local'
    },
  },
  {
    name: 'more columns named than the source has',
    code: 'wrong-count',
    change: ({ manifest }) => {
      manifest.source.columns = 3
    },
  },
  {
    name: 'a column that the plan does not name',
    code: 'unplanned-column',
    change: (draft) => addColumn(draft, 'height', '180'),
  },
  {
    name: 'a column in the file alone',
    code: 'unplanned-column',
    tamper: fileText('data.csv', (before) => before.replaceAll('\r\n', ',x\r\n')),
  },
  {
    name: 'a column that the plan leaves out',
    code: 'redacted-column',
    change: (draft) => addColumn(draft, 'surname', 'x'),
  },
  {
    name: 'a column that the plan leaves out, in the file alone',
    code: 'redacted-column',
    tamper: fileText('data.csv', (before) =>
      before.replaceAll('\r\n', ',x\r\n').replace('cost,x', 'cost,surname'),
    ),
  },
]

const FIGURES: readonly Sabotage[] = [
  { name: 'a row removed', code: 'wrong-count', change: ({ rows }) => void rows.pop() },
  { name: 'a row twice', code: 'wrong-count', change: ({ rows }) => void rows.push([...(rows[0] ?? [])]) },
  {
    name: 'a patient split into several ids to make classes larger',
    code: 'wrong-count',
    change: cell(12, PATIENT, 'f00dfeedf00dfeedf00d'),
  },
  {
    name: 'a patient split into several ids, and the released count raised with them',
    code: 'wrong-count',
    change: (draft) => {
      for (let at = 0; at < 5; at++) cell(at * 12 + 1, PATIENT, `f00dfeedf00dfeed000${at}`)(draft)
      draft.manifest.released.patients = 53
    },
  },
  {
    name: 'suppression understated',
    code: 'wrong-count',
    change: ({ manifest }) => {
      manifest.released.suppressedRows = 0
    },
  },
  {
    name: 'suppression understated and the source made smaller with it',
    code: 'wrong-distribution',
    change: ({ manifest }) => {
      manifest.released.suppressedRows = 0
      manifest.source.rows = 60
      manifest.source.patients = 48
    },
  },
  {
    name: 'more suppressed than the plan allows',
    code: 'too-much-suppressed',
    change: ({ manifest }) => {
      manifest.plan.suppressionLimit = 0.05
    },
  },
  {
    name: 'a row moved to another class',
    code: 'model-claim',
    change: cell(4, AGE, '[50, 60)'),
  },
  {
    name: 'a class split below k',
    code: 'model-broken',
    change: (draft) => {
      for (const row of [3, 4, 5, 6]) cell(row, ZIP, '100')(draft)
    },
  },
  {
    name: 'a class with fewer values than l',
    code: 'model-broken',
    change: ({ rows }) => {
      for (const row of rows.slice(0, 15)) if (row[DIAGNOSIS] === 'diabetes') row[DIAGNOSIS] = 'asthma'
    },
  },
  {
    name: 'values moved between classes until t is exceeded',
    code: 'model-broken',
    change: (draft) => {
      for (const [to, from] of [
        [2, 20],
        [3, 21],
        [4, 22],
      ] as const) {
        cell(to, DIAGNOSIS, 'asthma')(draft)
        cell(from, DIAGNOSIS, 'flu')(draft)
      }
    },
  },
  { name: 'a k claimed that is higher', code: 'model-claim', change: setReached('k-anonymity', 13) },
  { name: 'a t claimed that is lower', code: 'model-claim', change: setReached('t-closeness', 0.01) },
  {
    name: 'an entropy claimed that is higher by a millionth',
    code: 'model-claim',
    change: setReached('entropy-l-diversity', 2.96),
  },
  { name: 'a population risk understated', code: 'model-claim', change: setReached('journalist-risk', 1e-5) },
  {
    name: 'a prosecutor threshold that is not met',
    code: 'model-broken',
    change: ({ manifest }) => {
      const model = { kind: 'prosecutor-risk' as const, threshold: 0.08 }
      manifest.plan.models[8] = model
      manifest.models[8] = { model, reached: 1 / 12 }
    },
  },
  {
    name: 'a model of a column that is not released',
    code: 'model-unverifiable',
    change: ({ manifest }) => {
      const model = { kind: 'distinct-l-diversity' as const, attribute: 'surname', l: 2 }
      manifest.plan.models.push(model)
      manifest.models.push({ model, reached: 2 })
    },
  },
  {
    name: 't-closeness without its distribution',
    code: 'model-unverifiable',
    change: ({ manifest }) => {
      manifest.distributions = []
    },
  },
  {
    name: 'an ordered distance without an order',
    code: 'model-unverifiable',
    change: (draft) => {
      distribution(draft).ranks = null
    },
  },
  {
    name: 'a distribution with fewer patients than are released',
    code: 'wrong-distribution',
    change: (draft) => {
      distribution(draft).patients = [23, 17, 24]
    },
  },
  {
    name: 'a distribution moved towards the released one',
    code: 'wrong-distribution',
    change: (draft) => {
      distribution(draft).patients = [28, 20, 24]
    },
  },
  {
    name: 'a distribution without a released value',
    code: 'wrong-distribution',
    change: (draft) => {
      Object.assign(distribution(draft), {
        values: ['asthma', 'flu'],
        patients: [40, 24],
        ranks: [0, 1],
        groups: null,
      })
    },
  },
  {
    name: 'a hierarchy of values whose level splits a group',
    code: 'wrong-distribution',
    change: (draft) => {
      distribution(draft).groups = [
        [0, 1, 2],
        [0, 0, 0],
        [0, 1, 0],
      ]
    },
  },
  {
    name: 'a distribution that no model asks for',
    code: 'wrong-distribution',
    change: (draft) => {
      draft.manifest.distributions.push({ ...distribution(draft), attribute: 'cost' })
    },
  },
  {
    name: 'loss understated',
    code: 'wrong-utility',
    change: ({ manifest }) => {
      manifest.utility.loss -= 1e-6
    },
  },
  {
    name: 'the loss of a column understated',
    code: 'wrong-utility',
    change: ({ manifest }) => {
      manifest.utility.lossByColumn.age = 0.01
    },
  },
  {
    name: 'the loss of a column left out',
    code: 'wrong-utility',
    change: ({ manifest }) => {
      delete manifest.utility.lossByColumn.zip
    },
  },
  {
    name: 'discernibility understated',
    code: 'wrong-utility',
    change: ({ manifest }) => {
      manifest.utility.discernibility = 900
    },
  },
  {
    name: 'an average class that is not there',
    code: 'wrong-utility',
    change: ({ manifest }) => {
      manifest.utility.averageClass = null
    },
  },
  {
    name: 'risk understated',
    code: 'wrong-risk',
    change: ({ manifest }) => {
      manifest.risksAfter.prosecutor = 0.05
    },
  },
  {
    name: 'the share at risk understated',
    code: 'wrong-risk',
    change: ({ manifest }) => {
      manifest.risksAfter.atRisk['0.05'] = 0
    },
  },
  {
    name: 'risks before that contradict each other',
    code: 'wrong-risk',
    change: ({ manifest }) => {
      manifest.risksBefore.smallestClass = 2
    },
  },
  {
    name: 'what a label covers understated',
    code: 'wrong-utility',
    change: (draft) => {
      columnOf(draft, 'age').coverage = {
        domain: 101,
        labels: { '[40, 50)': 2, '[50, 60)': 10, '>= 90': 11 },
      }
    },
  },
  {
    name: 'a released label without a coverage',
    code: 'wrong-coverage',
    change: cell(3, AGE, '[40, 49)'),
  },
  {
    name: 'a coverage for a label that is not released',
    code: 'wrong-coverage',
    change: (draft) => {
      columnOf(draft, 'zip').coverage = { domain: 50, labels: { '021': 1, '100': 1, '030': 1 } }
    },
  },
  {
    name: 'a label that covers more than its domain',
    code: 'wrong-coverage',
    change: (draft) => {
      columnOf(draft, 'sex').coverage = { domain: 2, labels: { F: 3, M: 1 } }
    },
  },
  {
    name: 'labels of one level that cover a value twice',
    code: 'wrong-coverage',
    change: (draft) => {
      columnOf(draft, 'age').coverage = {
        domain: 25,
        labels: { '[40, 50)': 10, '[50, 60)': 10, '>= 90': 11 },
      }
    },
  },
  {
    name: 'a quasi-identifier without a coverage',
    code: 'wrong-coverage',
    change: (draft) => {
      columnOf(draft, 'sex').coverage = null
    },
  },
]

const PROFILE: readonly Sabotage[] = [
  ...(
    [
      ['an exact date', 'exact-date', '2019-05-06'],
      ['a month and a year in words', 'exact-date', 'since May 2019'],
      ['a quarter', 'exact-date', '2019-Q3'],
      ['a date with a year of two digits', 'exact-date', '5/6/19'],
      ['an e-mail address', 'email', 'write to a.b@example.org'],
      ['an e-mail address in full-width letters', 'email', 'ａｂ＠example．org'],
      ['a telephone number', 'phone', '(555) 610-1179'],
      ['a telephone number without signs', 'phone', '5556101179'],
      ['an international telephone number', 'phone', '+41 44 668 18 00'],
      ['a social security number', 'ssn', '078-05-1120'],
      ['a social security number with other hyphens', 'ssn', '078‑05‑1120'],
      ['a web address', 'url', 'see https://example.org/x'],
      ['a web address without a scheme', 'url', 'www.example.org'],
      ['an IPv4 address', 'ip-address', 'from 10.0.0.255'],
      ['an IPv6 address', 'ip-address', '2001:db8::8a2e:370:7334'],
      ['a ZIP Code of nine digits', 'small-area', '02139-4307'],
      ['a ZIP Code behind a state', 'small-area', 'MA 02139'],
    ] as const
  ).map(
    ([name, code, value]): Sabotage => ({
      name: `${name} in a cell that is called something else`,
      code,
      change: cell(5, DIAGNOSIS, value),
    }),
  ),
  ...['92', '>= 95', '[85, 95)', '90-94', '> 90'].map(
    (label): Sabotage => ({
      name: `an age over 89 told from others: ${label}`,
      code: 'age-over-89',
      change: (draft) => relabel(draft, AGE, 'age', '>= 90', label),
    }),
  ),
  ...(
    [
      ['a ZIP Code of five digits', '02139'],
      ['a ZIP3 of too few people', '036'],
      ['a ZIP3 that the Census does not know', '999'],
    ] as const
  ).map(
    ([name, zip]): Sabotage => ({
      name,
      code: 'small-area',
      change: (draft) => relabel(draft, ZIP, 'zip', '021', zip),
    }),
  ),
  {
    name: 'a table of populations that is not the one named',
    code: 'zip3-table',
    options: { zip3Populations: new Map([...POPULATIONS, ['036', 1_000_000]]) },
  },
  {
    name: 'a pseudonym under Safe Harbor',
    code: 'profile-rule',
    change: (draft) => transform(draft, 'diagnosis', 'pseudonym'),
  },
  {
    name: 'a patient column of pseudonyms under Safe Harbor',
    code: 'profile-rule',
    change: (draft) => {
      columnOf(draft, 'patient').transform = { kind: 'pseudonym' }
    },
  },
  {
    name: 'scrubbed text under Safe Harbor',
    code: 'profile-rule',
    change: (draft) => transform(draft, 'diagnosis', 'scrub'),
  },
  {
    name: 'a ZIP Code kept under Safe Harbor',
    code: 'profile-rule',
    change: (draft) => transform(draft, 'zip', 'keep'),
  },
  {
    name: 'an expert determination without an expert',
    code: 'profile-rule',
    change: (draft) => profile(draft, 'expert-determination'),
  },
  {
    name: 'an expert determination without a model that bounds the risk',
    code: 'profile-rule',
    change: (draft) => {
      profile(draft, 'expert-determination')
      draft.manifest.plan.expert = { name: 'Q', date: '2024-01-01' }
      draft.manifest.models = draft.manifest.models.filter(({ model }) => 'attribute' in model)
      draft.manifest.plan.models = draft.manifest.models.map(({ model }) => model)
      draft.manifest.utility.averageClass = null
    },
  },
  {
    name: 'an expert determination with a city that no class counts',
    code: 'profile-rule',
    change: (draft) => {
      profile(draft, 'expert-determination')
      draft.manifest.plan.expert = { name: 'Q', date: '2024-01-01' }
      planned(draft, 'cost').content = 'city'
      columnOf(draft, 'cost').content = 'city'
    },
  },
  {
    name: 'a limited data set with scrubbed text',
    code: 'profile-rule',
    change: (draft) => {
      profile(draft, 'limited-data-set')
      draft.manifest.plan.dataUseAgreement = { recipient: 'r', purpose: 'p', ends: '2030-01-01' }
      planned(draft, 'cost').content = 'text'
      columnOf(draft, 'cost').content = 'text'
      transform(draft, 'cost', 'scrub')
    },
  },
  {
    name: 'a limited data set without a data use agreement',
    code: 'profile-rule',
    change: (draft) => profile(draft, 'limited-data-set'),
  },
  ...(['A', 'D', 'G', 'H', 'M', 'Q'] as const).map(
    (category): Sabotage => ({
      name: `a limited data set with a column of category ${category}`,
      code: 'profile-rule',
      change: (draft) => {
        profile(draft, 'limited-data-set')
        draft.manifest.plan.dataUseAgreement = { recipient: 'r', purpose: 'p', ends: '2030-01-01' }
        planned(draft, 'cost').category = category
        columnOf(draft, 'cost').category = category
      },
    }),
  ),
  ...['=1+1', '@SUM(A1)', '+cmd', '-cmd', '\t=1', ' =1', '＝1', '"=1'].map(
    (formula): Sabotage => ({
      name: `a cell that a spreadsheet would run: ${JSON.stringify(formula)}`,
      code: 'formula-cell',
      change: cell(2, COST, formula),
    }),
  ),
]

const COMPANIONS: readonly Sabotage[] = [
  ...(
    [
      ['as written', CANARY],
      ['in another case', CANARY.toUpperCase()],
      ['with other signs between its letters', 'zubrowski / q.v.i.s.t.'],
      ['within other text', `see ${CANARY}, twice`],
    ] as const
  ).map(
    ([how, value]): Sabotage => ({
      name: `a planted value in a cell, ${how}`,
      code: 'canary',
      change: cell(9, DIAGNOSIS, value),
    }),
  ),
  {
    name: "a planted value in the report's page, split by tags and written as entities",
    code: 'canary',
    change: (draft) => {
      draft.html = draft.html.replace('Twelve', 'Zubrow<b>ski</b>&#45;&#x51;vist')
    },
  },
  {
    name: "a planted value in an attribute of the report's page",
    code: 'canary',
    change: (draft) => {
      draft.html = draft.html.replace('<p>', `<p title='${CANARY}'>`)
    },
  },
  {
    name: 'a planted value in report.json',
    code: 'canary',
    change: (draft) => {
      draft.report = { title: [{ [CANARY]: 1 }] }
    },
  },
  {
    name: 'a planted value in dictionary.json',
    code: 'canary',
    change: (draft) => {
      draft.dictionary = { columns: draft.header.map((name) => ({ name })), note: `of ${CANARY}` }
    },
  },
  {
    name: 'a planted value in the manifest',
    code: 'canary',
    change: ({ manifest }) => {
      manifest.plan.title = CANARY
    },
  },
  {
    name: "a planted value in the Parquet file's notes",
    code: 'canary',
    change: (draft) => {
      draft.parquetNote = CANARY
    },
  },
  {
    name: 'a planted value behind the end of the Parquet pages',
    code: 'canary',
    tamper: (files, { manifest }) => {
      const bytes = files.get('data.parquet') ?? new Uint8Array()
      const hidden = new TextEncoder().encode(CANARY)
      const grown = new Uint8Array(bytes.length + hidden.length)
      grown.set(bytes.subarray(0, 4))
      grown.set(hidden, 4)
      grown.set(bytes.subarray(4), 4 + hidden.length)
      return resealed(new Map([...files, ['data.parquet', grown]]), manifest)
    },
  },
  { name: 'a canary too short to be told from chance', code: 'bad-canary', options: { canaries: ['A-1'] } },
  {
    name: 'a report that tells other risks than the manifest',
    code: 'bad-companion',
    change: (draft) => {
      draft.report = { risks: { before: draft.manifest.risksBefore, after: draft.manifest.risksBefore } }
    },
  },
  {
    name: 'a report of another plan',
    code: 'bad-companion',
    change: (draft) => {
      draft.report = { planSha256: 'f'.repeat(64) }
    },
  },
  {
    name: 'a report without its models',
    code: 'bad-companion',
    change: (draft) => {
      draft.report = { models: [] }
    },
  },
  {
    name: 'a report that is no JSON',
    code: 'bad-companion',
    tamper: fileText('report.json', (before) => `${before},`),
  },
  {
    name: 'a dictionary of other rows',
    code: 'bad-companion',
    change: (draft) => {
      draft.dictionary.rows = 61
    },
  },
  {
    name: 'a dictionary that counts other values than the data hold',
    code: 'bad-companion',
    change: (draft) => {
      draft.dictionary.columns[4] = { name: 'diagnosis', distinctValues: 2 }
    },
  },
  {
    name: 'a dictionary that lists a value that is not released',
    code: 'bad-companion',
    change: (draft) => {
      draft.dictionary.columns[2] = { name: 'age', values: [{ label: '93', covers: 1 }] }
    },
  },
  {
    name: 'a dictionary that leaves a column out',
    code: 'bad-companion',
    change: (draft) => {
      draft.dictionary = { columns: [{ name: 'age' }] }
    },
  },
  {
    name: 'a dictionary that names a column that is not released',
    code: 'unreleased-named',
    change: (draft) => {
      draft.dictionary = { columns: [...draft.header, 'surname'].map((name) => ({ name })) }
    },
  },
  {
    name: 'a report that names a column that is not released',
    code: 'unreleased-named',
    change: (draft) => {
      draft.report = { alternatives: [{ lossByColumn: { surname: 1 } }] }
    },
  },
  ...[
    '<script>fetch("//x")</script>',
    '<img src="https://example.org/x.png">',
    '<p onclick="x()">',
    '<link rel="stylesheet" href="//example.org/x.css">',
    '<style>p { background: url(https://example.org/x) }</style>',
    '<meta http-equiv="refresh" content="0;url=//example.org">',
    '<a href="javascript:x()">x</a>',
  ].map(
    (html): Sabotage => ({
      name: `a report that does more than tell: ${html.slice(0, 20)}`,
      code: 'active-report',
      change: (draft) => {
        draft.html = draft.html.replace('</body>', `${html}</body>`)
      },
    }),
  ),
]

describe('a release that keeps what it claims', () => {
  it('is confirmed, with every figure as worked out by hand', async () => {
    const { ok, findings, recomputed } = await verify({})
    expect(findings).toEqual([])
    expect(ok).toBe(true)
    expect(recomputed).toMatchObject({ rows: 60, patients: 48, risks: { smallestClass: 12, classes: 4 } })
    const draft = sampleDraft()
    expect(recomputed?.models.map(({ reached }) => reached)).toEqual(
      draft.manifest.models.map(({ reached }) => expect.closeTo(reached, 12)),
    )
    expect(recomputed?.utility.loss).toBeCloseTo(draft.manifest.utility.loss, 12)
  })

  it.each([['csv'], ['parquet']] as const)('is confirmed from %s alone', async (format) => {
    const { findings, ok } = await verify({
      change: ({ manifest }) => {
        manifest.plan.formats = [format]
      },
    })
    expect({ findings, ok }).toEqual({ findings: [], ok: true })
  })

  it('is confirmed however its files come in pieces', async () => {
    const files = build({})
    for (const piece of [1, 7, 1 << 20]) {
      const { findings } = await verifyTableRelease(folderOf(files, piece), OPTIONS)
      expect(findings).toEqual([])
    }
  })

  it('is confirmed against the plan that was approved', async () => {
    const planSha256 = createHash('sha256').update(canonicalJson(sampleDraft().manifest.plan)).digest('hex')
    expect((await verify({ options: { planSha256 } })).ok).toBe(true)
  })

  it('may hold guarded formulas, quotes, line ends and other scripts, the same in both files', async () => {
    const change = (draft: ReleaseDraft): void => {
      const odd = ["'=1+1", '"quoted", and\r\nin two lines', 'שלום 🩺', "'@x"]
      odd.forEach((value, row) => {
        cell(row, COST, value)(draft)
      })
    }
    expect((await verify({ change })).findings).toEqual([])
  })

  it('may suppress every row', async () => {
    const change = ({ manifest, rows }: ReleaseDraft): void => {
      rows.length = 0
      manifest.plan.suppressionLimit = 1
      manifest.released = { rows: 0, patients: 0, suppressedRows: 64 }
      manifest.source.patients = 52
      for (const claim of manifest.models) claim.reached = 0
      for (const { coverage } of manifest.columns) if (coverage !== null) coverage.labels = {}
      const none = { prosecutor: 0, marketer: 0, unique: 0, smallestClass: 0, averageClass: 0, classes: 0 }
      manifest.risksAfter = { ...none, atRisk: { '0.05': 0, '0.1': 0, '0.2': 0, '0.33': 0 } }
      manifest.utility = {
        loss: 1,
        lossByColumn: { sex: 1, age: 1, zip: 1 },
        discernibility: 64 * 64,
        averageClass: 0,
      }
    }
    expect((await verify({ change })).findings).toEqual([])
  })

  it('under a limited data set may hold dates, cities and ZIP Codes', async () => {
    const change = (draft: ReleaseDraft): void => {
      profile(draft, 'limited-data-set')
      draft.manifest.plan.dataUseAgreement = { recipient: 'r', purpose: 'p', ends: '2030-01-01' }
      for (const at of [0, 1, 2]) cell(at, COST, '2019-05-06')(draft)
      relabel(draft, ZIP, 'zip', '021', '02139')
      transform(draft, 'zip', 'keep')
    }
    expect((await verify({ change })).findings).toEqual([])
  })

  it('under an expert determination may hold exact dates', async () => {
    const change = (draft: ReleaseDraft): void => {
      profile(draft, 'expert-determination')
      draft.manifest.plan.expert = { name: 'Q', date: '2024-01-01' }
      cell(0, COST, '2019-05-06')(draft)
    }
    expect((await verify({ change })).findings).toEqual([])
  })

  it('cannot be told from one whose source claims more patients than it had: what is claimed of the source stands on the signature', async () => {
    const change = (draft: ReleaseDraft): void => {
      cell(12, PATIENT, 'f00dfeedf00dfeedf00d')(draft)
      draft.manifest.released.patients = 49
      draft.manifest.source.patients = 53
    }
    const { findings } = await verify({ change })
    expect(findings.filter(({ code }) => code === 'wrong-count')).toEqual([])
  })
})

describe.each([
  ['files', FILES],
  ['manifest and plan', MANIFEST],
  ['figures', FIGURES],
  ['profile', PROFILE],
  ['canaries, report and dictionary', COMPANIONS],
] as const)('refuses, in %s,', (_, sabotages) => {
  it.each(sabotages)('$name', async (sabotage) => {
    const { ok, findings, total } = await verify(sabotage)
    expect(findings.map(({ code }) => code)).toContain(sabotage.code)
    expect(ok).toBe(false)
    expect(total).toBeGreaterThanOrEqual(findings.length)
  })
})

describe('a release that cannot be read', () => {
  it('is a finding where a file breaks off', async () => {
    const files = build({})
    const folder = folderOf(files)
    const { ok, findings } = await verifyTableRelease(
      {
        names: folder.names,
        read: async function* (name) {
          yield* folder.read(name)
          if (name === 'data.csv') throw new Error(`disk error near ${CANARY}`)
        },
      },
      OPTIONS,
    )
    expect(ok).toBe(false)
    expect(findings).toEqual([expect.objectContaining({ code: 'unreadable', where: { file: 'data.csv' } })])
  })

  it('is a finding where the folder itself fails', async () => {
    const names = () => Promise.reject(new Error('gone'))
    const { ok, findings } = await verifyTableRelease({ names, read: folderOf(new Map()).read })
    expect(ok).toBe(false)
    expect(findings.map(({ code }) => code)).toEqual(['unreadable'])
  })

  it('is a finding where Safe Harbor ZIP Codes come without the table to check them by', async () => {
    const { findings } = await verifyTableRelease(folderOf(build({})))
    expect(findings.map(({ code }) => code)).toContain('zip3-table')
  })

  it('is a finding, never an error, whatever bytes any file holds', async () => {
    const files = build({})
    for (const name of files.keys())
      for (const bytes of [new Uint8Array(), new Uint8Array(100).fill(0xff), csvOf([['PAR1']])]) {
        const { ok } = await verifyTableRelease(folderOf(new Map([...files, [name, bytes]])), OPTIONS)
        expect(ok).toBe(false)
      }
  })
})

describe('a finding', () => {
  it('never holds the value of a cell', async () => {
    const secret = 'Xylophon 078-05-1120 =1'
    const change = (draft: ReleaseDraft): void => {
      for (const [row, column] of [1, AGE, DIAGNOSIS, COST, PATIENT].entries())
        cell(row, column, secret)(draft)
      columnOf(draft, 'age').coverage = { domain: 101, labels: { [secret]: 1000 } }
      distribution(draft).values = ['asthma', 'diabetes', secret]
    }
    const { findings } = await verify({ change, options: { canaries: ['Xylophon'] } })
    expect(findings.length).toBeGreaterThan(5)
    expect(JSON.stringify(findings)).not.toContain('Xylophon')
    expect(JSON.stringify(findings)).not.toContain('078-05')
  })

  it('says in which file, column and row', async () => {
    const { findings } = await verify({
      change: (draft) => {
        csvOnly(draft)
        cell(5, DIAGNOSIS, 'a@example.org')(draft)
      },
    })
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'email', where: { file: 'data.csv', column: 'diagnosis', row: 6 } }),
    )
  })

  it('is listed ten times of a kind at most, and counted always', async () => {
    const { findings, total } = await verify({
      change: ({ rows }) => {
        rows.forEach((row, at) => {
          row[COST] = `a${at}@example.org`
        })
      },
    })
    expect(findings.filter(({ code }) => code === 'email')).toHaveLength(10)
    expect(total).toBeGreaterThanOrEqual(60)
  })
})
