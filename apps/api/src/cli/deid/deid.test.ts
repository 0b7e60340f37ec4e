import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

interface Done {
  readonly code: number | null
  readonly output: string
}

const start = (...args: string[]): ChildProcess =>
  spawn(process.execPath, [MAIN, 'deid', ...args], { stdio: ['ignore', 'pipe', 'pipe'] })

const endOf = async (child: ChildProcess): Promise<Done> => {
  const chunks: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk))
  const [code] = await once(child, 'close')
  return { code, output: Buffer.concat(chunks).toString() }
}

const deid = (...args: string[]): Promise<Done> => endOf(start(...args))

/** The same numbers each time. */
const numbers = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

const DIAGNOSES = ['I10', 'E11.9', 'J45.909', 'F32.9']

/** Visits of patients, some with several: name, MRN, birth date, ZIP, sex, visit date, diagnosis, note. */
const visits = (patients: number, seed = 7): string => {
  const next = numbers(seed)
  const lines = ['mrn,name,age,zip,sex,visit,diagnosis,note']
  for (let patient = 0; patient < patients; patient += 1) {
    const person = [
      `M${100000 + patient}`,
      `Quillon${patient} Zebedee${patient}`,
      20 + next(70),
      `0213${next(10)}`,
    ]
    const sex = next(2) === 0 ? 'F' : 'M'
    for (let visit = 0; visit <= next(3); visit += 1) {
      const day = `2025-${String(1 + next(12)).padStart(2, '0')}-${String(1 + next(28)).padStart(2, '0')}`
      const note = `"Seen today. Quillon${patient} Zebedee${patient} (MRN M${100000 + patient}) was well, 120/80."`
      lines.push([...person, sex, day, DIAGNOSES[next(DIAGNOSES.length)], note].join(','))
    }
  }
  return `${lines.join('\r\n')}\r\n`
}

const quasi = (category: string, content: string, hierarchy: object) => ({
  role: 'quasi-identifier',
  category,
  content,
  transform: { kind: 'generalise' },
  hierarchy,
})

const plan = {
  format: 'chartward-deid-plan/1',
  title: 'Visits of 2025',
  profile: 'expert-determination',
  asOf: '2026-01-01',
  seed: 'a seed',
  patient: 'mrn',
  columns: {
    mrn: { role: 'identifier', category: 'H', content: 'other', transform: { kind: 'redact' } },
    name: { role: 'identifier', category: 'A', content: 'other', transform: { kind: 'redact' } },
    age: quasi('C', 'age', { kind: 'interval', widths: [5, 10, 20], top: 90 }),
    zip: quasi('B', 'zip', { kind: 'prefix', lengths: [4, 3] }),
    sex: quasi('none', 'other', { kind: 'order', values: ['F', 'M'], fanouts: [2] }),
    visit: {
      role: 'insensitive',
      category: 'C',
      content: 'date',
      transform: { kind: 'date-shift', days: 180 },
    },
    diagnosis: { role: 'sensitive', category: 'none', content: 'code', transform: { kind: 'keep' } },
    note: { role: 'text', category: 'R', content: 'text', transform: { kind: 'scrub' } },
  },
  models: [
    { kind: 'k-anonymity', k: 5 },
    { kind: 'distinct-l-diversity', attribute: 'diagnosis', l: 2 },
  ],
  suppressionLimit: 0.1,
  search: { method: 'best' },
  metric: 'loss',
  formats: ['csv', 'parquet'],
  expert: { name: 'Example Expert', date: '2025-12-01' },
}
type Plan = typeof plan

let root: string
let work: string
let counter = 0

const path = (name: string): string => join(work, name)
const write = (name: string, content: string | object): Promise<void> =>
  writeFile(path(name), typeof content === 'string' ? content : JSON.stringify(content))

const runArguments = (out: string, input = 'visits.csv'): string[] => [
  'run',
  path('plan.json'),
  path(input),
  path(out),
  '--key',
  path('key'),
  '--crosswalk',
  path('ids.json'),
]

/** Runs a plan on a table in the folder of the test. */
const run = (out = 'out'): Promise<Done> => deid(...runArguments(out))

/** What stands beside the inputs: nothing, where nothing was released, not even a new key. */
const left = async (): Promise<string[]> =>
  (await readdir(work)).filter((name) => name !== 'plan.json' && name !== 'visits.csv').sort()

const RELEASED = ['ids.json', 'key', 'out']

const filesOf = async (out: string): Promise<Map<string, string>> =>
  new Map(
    await Promise.all(
      (await readdir(path(out)))
        .sort()
        .map(async (name) => [name, (await readFile(path(join(out, name)))).toString('base64')] as const),
    ),
  )

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'chartward-deid-'))
})
beforeEach(async () => {
  counter += 1
  work = join(root, String(counter))
  await mkdir(work)
  await write('plan.json', plan)
  await write('visits.csv', visits(400))
})
afterAll(() => rm(root, { recursive: true, force: true }))

describe('a run', () => {
  it('makes a release that its verifier confirms, with nothing of anybody’s identity in any file', async () => {
    const done = await run()
    expect(done).toMatchObject({
      code: 0,
      output: expect.stringContaining('The verifier confirms the release.'),
    })
    expect(await left()).toEqual(RELEASED)
    expect([...(await filesOf('out')).keys()]).toEqual([
      'data.csv',
      'data.parquet',
      'dictionary.json',
      'manifest.json',
      'report.html',
      'report.json',
    ])
    const canaries = visits(400).matchAll(/M1\d{5}|Quillon\d+|Zebedee\d+/g)
    await write('canaries', [...new Set(Array.from(canaries, ([canary]) => canary))].join('\n'))
    const verified = await deid('verify', path('out'), '--canaries', path('canaries'))
    expect(verified.output).toContain('The release holds')
    expect(verified.code).toBe(0)
    const csv = await readFile(path('out/data.csv'), 'utf8')
    expect(csv.split('\r\n')[0]).toBe('patient,age,zip,sex,visit,diagnosis,note')
    expect(csv).toContain('was well, 120/80.')
  })

  it('gives the same bytes again for the same plan, key and crosswalk', async () => {
    expect((await run('first')).code).toBe(0)
    expect((await run('second')).code).toBe(0)
    expect(await filesOf('second')).toEqual(await filesOf('first'))
  })

  it('keeps key and crosswalk to their owner', async () => {
    await run()
    for (const secret of ['key', 'ids.json']) expect((await stat(path(secret))).mode & 0o777).toBe(0o600)
  })

  it('is never written over another release', async () => {
    await run()
    const before = await filesOf('out')
    const again = await run()
    expect(again.code).not.toBe(0)
    expect(again.output).toContain('is not empty')
    expect(await filesOf('out')).toEqual(before)
  })
})

describe('bad input', () => {
  const changed = (change: (draft: Plan) => object): object => change(structuredClone(plan))
  const single = (content: string) => (draft: Plan) => ({ ...draft, ...JSON.parse(content) })

  it.each([
    [
      'k larger than the population',
      changed(single('{"models":[{"kind":"k-anonymity","k":5000}]}')),
      null,
      /5000.*patients|patients.*5000/s,
    ],
    [
      'an attribute with one value',
      plan,
      visits(400).replaceAll(/,0213\d,/g, ',02139,'),
      /"zip" has one value/,
    ],
    ['an empty table', plan, `${visits(0)}`, /no rows|empty/],
    [
      'contradictory models',
      changed(
        single(
          '{"models":[{"kind":"k-anonymity","k":5},{"kind":"distinct-l-diversity","attribute":"diagnosis","l":9}]}',
        ),
      ),
      null,
      /l-diversity.*diagnosis|diagnosis.*l-diversity/s,
    ],
    [
      'an unknown column',
      changed((draft) => ({
        ...draft,
        columns: {
          ...draft.columns,
          ward: { role: 'insensitive', category: 'none', content: 'other', transform: { kind: 'keep' } },
        },
      })),
      null,
      /no column "ward"/,
    ],
    ['an unknown setting', changed(single('{"suppresionLimit":0.1}')), null, /suppresionLimit/],
    ['a plan that is not JSON', null, null, /is not JSON/],
    ['a cut quote', plan, `${visits(5)}M1,"half`, /Line \d+/],
    [
      'a claim that the plan may not make',
      changed(single('{"profile":"safe-harbor"}')),
      null,
      /164\.514\(b\)\(2\)/,
    ],
    [
      'a value that its hierarchy lacks',
      changed((draft) => ({
        ...draft,
        columns: {
          ...draft.columns,
          sex: quasi('none', 'other', { kind: 'order', values: ['F'], fanouts: [1] }),
        },
      })),
      null,
      /sex/,
    ],
  ] as const)('%s: says what is wrong and leaves no file', async (_case, given, table, said) => {
    await write('plan.json', given ?? '{ not JSON')
    if (table !== null) await write('visits.csv', table)
    const done = await run()
    expect(done.output).toMatch(said)
    expect(done.code).toBe(1)
    expect(await left()).toEqual([])
  })

  it('a file that is not there is named', async () => {
    const done = await deid(...runArguments('out', 'nowhere.csv'))
    expect(done.output).toContain('nowhere.csv can not be read')
    expect(done.code).toBe(1)
    expect(await left()).toEqual([])
  })

  it('without a key or a crosswalk, a plan that needs one is refused', async () => {
    const args = [path('plan.json'), path('visits.csv'), path('out')]
    expect((await deid('run', ...args)).output).toContain('--key FILE')
    expect((await deid('run', ...args, '--key', path('key'))).output).toContain('--crosswalk FILE')
    expect(await left()).toEqual([])
  })
})

describe('a run that does not come to its end', () => {
  /** Long enough that it is met in the middle of its search. */
  const long = async (): Promise<ChildProcess> => {
    const { note: _long, ...columns } = plan.columns
    await write('plan.json', { ...plan, columns })
    await write('visits.csv', visits(60_000))
    const child = start(...runArguments('out'))
    // Its first word, or its end where it fails before it has one.
    await Promise.race([once(child.stdout ?? child, 'data'), once(child, 'exit')])
    return child
  }

  it('cancelled, leaves nothing behind and says so', async () => {
    const child = await long()
    child.kill('SIGINT')
    const done = await endOf(child)
    expect(done).toMatchObject({ code: 130, output: expect.stringContaining('nothing is left behind') })
    expect(await left()).toEqual([])
  })

  it('cancelled before its search, while texts are scrubbed, ends at once all the same', async () => {
    await write('visits.csv', visits(20_000))
    const child = start(...runArguments('out'))
    const hasBegun = async () => (await left()).some((name) => name.startsWith('out.partial-'))
    while (child.exitCode === null && !(await hasBegun())) await setTimeout(20)
    child.kill('SIGINT')
    expect(await endOf(child)).toMatchObject({ code: 130, output: expect.stringContaining('Cancelled') })
    expect(await left()).toEqual([])
  })

  it('killed, leaves nothing that could pass for a release, and the next run clears it away', async () => {
    const child = await long()
    child.kill('SIGKILL')
    await endOf(child)
    expect(await left()).not.toContain('out')
    await write('visits.csv', visits(400))
    expect((await run()).code).toBe(0)
    expect(await left()).toEqual(RELEASED)
  })

  it('on a full disk, leaves nothing behind and says so', async ({ skip }) => {
    const mounting = spawn('unshare', ['-rm', 'true'])
    const [code] = await once(mounting, 'close').catch(() => [1])
    skip(code !== 0, 'this machine lets nobody mount in a namespace of their own')
    await mkdir(path('disk'))
    const command = `mount -t tmpfs -o size=64k tmpfs "$1/disk" && shift && exec "$@"`
    const args = runArguments('disk/out')
    // It lists what is left while the file system is still there.
    const child = spawn('unshare', [
      '-rm',
      'sh',
      '-c',
      `${command}; `,
      'sh',
      work,
      'sh',
      '-c',
      '"$@"; echo "code $?"; ls -A "$0"',
      path('disk'),
      process.execPath,
      MAIN,
      'deid',
      ...args,
    ])
    const done = await endOf(child)
    expect(done.output).toContain('The disk is full')
    expect(done.output).toMatch(/code 1\n$/)
  })
})

describe('the verifier', () => {
  it('refuses a release of which one byte was changed, and says which file', async () => {
    await run()
    await appendFile(path('out/data.csv'), ' ')
    const done = await deid('verify', path('out'))
    expect(done.code).toBe(1)
    expect(done.output).toContain('data.csv')
    expect(done.output).toContain('does NOT hold')
  })

  it('refuses a release that holds a canary', async () => {
    await run()
    await write('canaries', 'J45.909')
    const done = await deid('verify', path('out'), '--canaries', path('canaries'))
    expect(done).toMatchObject({ code: 1, output: expect.stringContaining('canary') })
  })

  it('refuses what is no release', async () => {
    const done = await deid('verify', work)
    expect(done).toMatchObject({ code: 1, output: expect.stringContaining('missing-file') })
  })
})
