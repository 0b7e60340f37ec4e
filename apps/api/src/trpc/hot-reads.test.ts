import { generatePopulation } from '@chartward/fhir'
import {
  fieldOf,
  isResourceType,
  type PatientId,
  pathsOf,
  READABLE_CLASSES,
  type UserId,
} from '@chartward/policy'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { newId, nilId } from '../core/ids.ts'
import { appRouter } from '../router.ts'
import { sequenceAll, sequencerOf } from '../sequencer/testing/log-kit.ts'
import { importFhir } from '../services/import/import-fhir.ts'
import { PROCEDURES } from '../testing/procedures.ts'
import { insertVouched } from '../testing/rows.ts'
import { signInAs } from '../testing/sign-in.ts'
import { createTestApp, type TestApp } from '../testing/test-app.ts'
import { createCallerFactory } from './trpc.ts'

/*
 * The answers of the hot reads are not parsed as they leave: it would cost them several times what writing
 * them as JSON does. Here each of these procedures is called with real data, as several roles, through all
 * its pages, and what it gives is held to its schema.
 */

const callerFor = createCallerFactory(appRouter)
type Caller = ReturnType<typeof callerFor>

/** Those that care for the patient, see some of it masked, and see themselves. */
const READERS = ['clinician', 'nurse', 'billing', 'patient'] as const

let test: TestApp
let patientId: PatientId
const callers = new Map<string, Caller>()

const as = (role: string): Caller => {
  const caller = callers.get(role)
  if (caller === undefined) throw new Error(`nobody signed in as ${role}`)
  return caller
}

const signIn = async (role: string, options: Parameters<typeof signInAs>[2] = {}): Promise<UserId> => {
  const { userId, context } = await signInAs(test.app, role, options)
  callers.set(role, callerFor(context))
  return userId
}

/** More patients in a user's care than one page holds; nothing but the relationship is known of most. */
const fillPages = async (userId: UserId): Promise<void> => {
  const startsAt = new Date(test.now.getTime() - 1_000)
  const patients = [patientId, ...Array.from({ length: 60 }, () => newId<PatientId>())]
  await insertVouched(
    test.app,
    'care-relationship',
    patients.map((id) => ({
      patientId: id,
      id: newId(),
      userId,
      kind: 'care-team' as const,
      trusted: true,
      underGiver: false,
      narrowed: false,
      startsAt,
    })),
  )
}

beforeAll(async () => {
  test = await createTestApp()
  async function* lines(): AsyncGenerator<Uint8Array> {
    const asOf = new Date('2026-11-01T00:00:00Z')
    for (const bundle of generatePopulation({ seed: 'hot', patients: 8, asOf }))
      yield Buffer.from(`${JSON.stringify(bundle)}\n`)
  }
  await importFhir(test.app, lines(), { trusted: true, author: 'service:import' })
  const [most] = await test.app.db.sql<{ id: PatientId }[]>`
    select patient_id as id from care_relationships group by 1 order by count(*) desc limit 1`
  patientId = most?.id ?? nilId()
  for (const role of ['clinician', 'nurse']) await fillPages(await signIn(role))
  await signIn('patient', { patientId })
  for (const role of ['billing', 'auditor', 'privacy-officer']) await signIn(role)
})
afterAll(() => test.stop())

/** All pages of a list, each an answer. */
const pagesOf = async <Page extends { nextCursor: string | null }>(
  next: (cursor: { cursor?: string }) => Promise<Page>,
): Promise<Page[]> => {
  const pages: Page[] = []
  let cursor: string | null | undefined
  while (cursor !== null) {
    const page = await next(cursor === undefined ? {} : { cursor })
    pages.push(page)
    cursor = page.nextCursor
  }
  return pages
}

const recordPages = async (caller: Caller) => {
  const { counts } = await caller.patients.get({ id: patientId })
  const pages = await Promise.all(
    Object.keys(counts)
      .filter(isResourceType)
      .map((type) => pagesOf((cursor) => caller.records.list({ patientId, type, limit: 7, ...cursor }))),
  )
  return pages.flat()
}

const everyReader = async <T>(ask: (caller: Caller) => Promise<T[]>): Promise<T[]> => {
  const answers: T[] = []
  for (const role of READERS) answers.push(...(await ask(as(role))))
  return answers
}

const once = <T>(ask: () => Promise<T>): (() => Promise<T>) => {
  let answers: Promise<T> | undefined
  return () => {
    answers ??= ask()
    return answers
  }
}

const recordsOf = once(() => everyReader(recordPages))

/** How each hot read is asked, once for all tests. A procedure that is missing here fails one of them. */
const ASKED = {
  'patients.get': once(() => everyReader(async ({ patients }) => [await patients.get({ id: patientId })])),
  'patients.mine': once(async () => {
    const { patients } = as('clinician')
    const byContact = await pagesOf((cursor) => patients.mine(cursor))
    return [...byContact, ...(await pagesOf((cursor) => patients.mine({ order: 'name', ...cursor })))]
  }),
  'patients.search': once(async () => {
    const { values } = await as('clinician').patients.get({ id: patientId })
    const [name] = z.array(z.object({ family: z.string() })).parse(values.name)
    return [await as('clinician').patients.search({ by: 'name', text: name?.family ?? '' })]
  }),
  'records.list': recordsOf,
  'records.get': once(async () => {
    const oneOfEach = new Map<string, string>(
      (await recordsOf()).flatMap(({ items }) => items.map(({ type, id }) => [type, id])),
    )
    return everyReader(async ({ patients, records }) => {
      const { counts } = await patients.get({ id: patientId })
      const ids = Object.keys(counts).map((type) => oneOfEach.get(type))
      return Promise.all(ids.map((id = '') => records.get({ patientId, id })))
    })
  }),
  'audit.search': once(() => pagesOf((cursor) => as('auditor').audit.search({ limit: 20, ...cursor }))),
  'audit.histogram': once(async () => {
    await sequenceAll(sequencerOf(test))
    const { audit } = as('auditor')
    return [await audit.histogram({ bucket: 'hour' }), await audit.histogram({ bucket: 'day' })]
  }),
  'home.activity': once(async () => {
    await sequenceAll(sequencerOf(test))
    return [
      await as('privacy-officer').home.activity({ bucket: 'hour', days: 2 }),
      await as('clinician').home.activity({ bucket: 'day', days: 30 }),
    ]
  }),
}

const schemaOf = (path: string): z.ZodMiniType => {
  const found = PROCEDURES.find((procedure) => procedure.path === path)
  if (found === undefined) throw new Error(`there is no ${path}`)
  return found.meta.output
}

/** What the schema has against an answer as it goes over the wire. */
const faultsOf = (path: string, answer: unknown): string[] => {
  const parsed = schemaOf(path).safeParse(JSON.parse(JSON.stringify(answer)))
  return parsed.success ? [] : parsed.error.issues.map(({ code, path: at }) => [code, ...at].join(' '))
}

describe('every procedure', () => {
  it('says what its answers are', () => {
    for (const { meta } of PROCEDURES) expect(meta.output).toBeInstanceOf(z.ZodMiniType)
  })

  it('holds each answer to it as it leaves, but for those that this test asks', () => {
    const hot = PROCEDURES.filter(({ meta }) => meta.proven === 'by test').map(({ path }) => path)
    expect(hot.toSorted()).toEqual(Object.keys(ASKED).toSorted())
  })
})

describe.each(Object.entries(ASKED))('%s', (path, ask) => {
  it('gives what its schema says and no key more', async () => {
    const answers: readonly unknown[] = await ask()
    expect(answers.length).toBeGreaterThan(0)
    for (const answer of answers) expect(faultsOf(path, answer)).toEqual([])
  })

  it('is found out if it gives one key more, at whatever depth', async () => {
    const texts = (await ask()).map((answer: unknown) => JSON.stringify(answer))
    const chosen = new Set([texts[0] ?? '', texts.find((text) => text.includes('"masked":true')) ?? ''])
    chosen.delete('')
    for (const text of chosen)
      for (const wider of widened(JSON.parse(text))) expect(faultsOf(path, wider)).not.toEqual([])
  })
})

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isMasked = (value: unknown): boolean => isObject(value) && value.masked === true

/**
 * Copies of an answer with one key more in one of its objects; of the values in it in those that are masked,
 * the others being FHIR's.
 */
function* widened(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) for (const wider of widened(item)) yield value.with(at, wider)
  }
  if (!isObject(value)) return
  yield { ...value, extra: 'a key too many' }
  for (const [key, item] of Object.entries(value)) {
    if (key !== 'values') for (const wider of widened(item)) yield { ...value, [key]: wider }
    else if (isObject(item))
      for (const [name, shown] of Object.entries(item).filter(([, shown]) => isMasked(shown)))
        for (const wider of widened(shown)) yield { ...value, values: { ...item, [name]: wider } }
  }
}

describe('the records that are asked for', () => {
  const fieldsShown = async () =>
    (await recordsOf()).flatMap(({ items }) =>
      items.flatMap(({ type, values }) =>
        Object.entries(values).map(([name, value]) => ({
          fieldClass: fieldOf(`${type}.${name}`)?.class,
          masked: isMasked(value),
        })),
      ),
    )

  it('show every class that a role can read in clear, some of them masked too, and have pages that go on', async () => {
    const fields = await fieldsShown()
    const clear = new Set(fields.filter(({ masked }) => !masked).map(({ fieldClass }) => fieldClass))
    expect([...clear].toSorted()).toEqual([...READABLE_CLASSES].toSorted())
    expect(fields.some(({ masked }) => masked)).toBe(true)
    for (const path of ['records.list', 'patients.mine', 'audit.search'] as const)
      expect((await ASKED[path]()).some(({ nextCursor }) => nextCursor !== null)).toBe(true)
  })

  it('are found out if they show a field of a class that no role reads, or of another type', async () => {
    const [record] = await ASKED['records.get']()
    const unreadable = pathsOf('Patient').find((path) => fieldOf(path)?.class === 'unmapped')
    for (const name of [unreadable?.split('.')[1] ?? 'unmapped', 'conditionOf'])
      expect(faultsOf('records.get', { ...record, values: { ...record?.values, [name]: 'x' } })).toEqual([
        'custom values',
      ])
  })
})
