import { describe, expect, it } from 'vitest'
import type { Alternative, TableRelease } from '../format/risk-report.ts'
import { reportHtml } from './report-html.ts'
import { riskReport } from './risk-report.ts'
import { alternatives, tableRelease } from './testing/report-sample.ts'

const pageOf = (
  changes: Partial<TableRelease> = {},
  found: readonly Alternative[] = alternatives(),
): string => reportHtml(riskReport({ ...tableRelease(), ...changes }, found))

interface Tag {
  readonly name: string
  readonly attributes: ReadonlyMap<string, string>
}

const ATTRIBUTE = /^ ([a-zA-Z][a-zA-Z0-9:-]*)="([^"<>]*)"/
const TEXT = /^(?:[^<>&\0]|&(?:amp|lt|gt|quot|#39|#96);)+/

/**
 * Reads the page as strictly as XML: anything that is not a closed tag, a quoted attribute, an entity or
 * plain text is thrown.
 */
const parse = (page: string): { tags: Tag[]; text: string } => {
  const tags: Tag[] = []
  const open: string[] = []
  let text = ''
  let rest = page.replace(/^<!DOCTYPE html>\n/, '').trimEnd()
  const fail = () => {
    throw new Error(`not well-formed in ${open.join(' ')}: ${rest.slice(0, 80)}`)
  }
  while (rest !== '') {
    const words = TEXT.exec(rest)?.[0]
    if (words !== undefined) {
      if (open.length === 0) fail()
      text += words
      rest = rest.slice(words.length)
      continue
    }
    const closing = /^<\/([a-zA-Z0-9]+)>/.exec(rest)
    if (closing !== null) {
      if (open.pop() !== closing[1]) fail()
      rest = rest.slice(closing[0].length)
      continue
    }
    const name = /^<([a-zA-Z][a-zA-Z0-9]*)/.exec(rest)?.[1]
    if (name === undefined) return fail() as never
    rest = rest.slice(name.length + 1)
    const attributes = new Map<string, string>()
    for (let found = ATTRIBUTE.exec(rest); found !== null; found = ATTRIBUTE.exec(rest)) {
      const [whole, key = '', value = ''] = found
      if (attributes.has(key) || !/^(?:[^&]|&(?:amp|lt|gt|quot|#39|#96);)*$/.test(value)) fail()
      attributes.set(key, value)
      rest = rest.slice(whole.length)
    }
    tags.push({ name, attributes })
    if (rest.startsWith('/>')) rest = rest.slice(2)
    else if (rest.startsWith('>')) {
      rest = rest.slice(1)
      // A style sheet is text that HTML does not look into.
      if (name === 'style') rest = rest.slice(rest.indexOf('</style>') + '</style>'.length)
      else open.push(name)
    } else fail()
  }
  if (open.length > 0) fail()
  return { tags, text }
}

const SAFE_TAGS =
  /^(?:html|head|meta|title|style|body|header|main|footer|nav|section|h1|h2|p|span|br|bdi|ul|li|a|dl|dt|dd|div|table|caption|thead|tbody|tr|th|td|figure|figcaption|svg|desc|line|circle|rect|text|code|pre)$/
const SAFE_ATTRIBUTES =
  /^(?:lang|charset|http-equiv|content|name|id|class|role|tabindex|scope|href|aria-[a-z]+|viewBox|preserveAspectRatio|x|y|x1|y1|x2|y2|cx|cy|r|width|height|text-anchor)$/

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

const expectHarmless = (page: string): void => {
  for (const { name, attributes } of parse(page).tags) {
    expect(name).toMatch(SAFE_TAGS)
    for (const [key, value] of attributes) {
      expect(key).toMatch(SAFE_ATTRIBUTES)
      if (key === 'href') expect(value).toMatch(/^#[a-z]+$/)
    }
  }
}

const HOSTILE = [
  '<script>alert(1)</script>',
  '</style></title></textarea><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '` onload=`alert(1)',
  '<!--',
  ']]>',
  '&lt;script&gt;&#x3c;script&#x3e;',
  'javascript:alert(1)',
  '{{7*7}}',
  '\u0000\u0001\u001b[2J\u007f\u0085',
  '\u202egpj.exe\u2066',
  'lone \ud800 surrogate',
  '__proto__',
  'constructor',
  '👩🏽‍⚕️ مرحبا',
]

const hostile = (text: string): TableRelease => {
  const release = tableRelease()
  return {
    ...release,
    engine: text,
    plan: {
      ...release.plan,
      title: text,
      expert: { name: text, date: text },
    },
    columns: release.columns.map((column) =>
      column.name === 'disease' || column.name === 'sex' ? { ...column, name: text } : column,
    ),
    utility: { ...release.utility, lossByColumn: Object.fromEntries([[text, 0.5]]) },
    models: [{ model: { kind: 'distinct-l-diversity', attribute: text, l: 2 }, reached: 2 }],
  }
}

describe('the page of a risk report', () => {
  it('is well-formed, of harmless tags and attributes alone', () => {
    expectHarmless(pageOf())
  })

  it.each(HOSTILE)('%j stands there as text, wherever it is said', (text) => {
    const page = pageOf(hostile(text))
    expectHarmless(page)
    const { tags } = parse(page)
    expect(tags.filter(({ name }) => name === 'script' || name === 'img')).toEqual([])
    expect(page.isWellFormed()).toBe(true)
    const shown = text
      .toWellFormed()
      .replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
      .replace(/[&<>"'`]/g, (character) => ENTITIES[character] ?? '')
    // Title and heading, the column's two tables, the model, the expert and the engine.
    expect(page.split(shown).length).toBeGreaterThan(8)
  })

  it('allows itself neither scripts nor anything from elsewhere', () => {
    const page = pageOf()
    const { tags } = parse(page)
    const policy = tags.find(({ attributes }) => attributes.get('http-equiv') === 'Content-Security-Policy')
    expect(policy?.attributes.get('content')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    )
    expect(page).not.toMatch(/https?:|\/\/|url\(|@import|@font-face|\bsrc\b=|javascript:/i)
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<title'))
  })

  it('every link and label leads to an element of the page, and no id is there twice', () => {
    const { tags } = parse(pageOf())
    const ids = tags.flatMap(({ attributes }) => attributes.get('id') ?? [])
    expect(new Set(ids).size).toBe(ids.length)
    const named = tags.flatMap(({ attributes }) => [
      ...(attributes.get('aria-labelledby')?.split(' ') ?? []),
      ...(attributes.get('href')?.slice(1).split(' ') ?? []),
    ])
    expect(named.length).toBeGreaterThan(20)
    for (const id of named) expect(ids).toContain(id)
  })

  it('every picture has a name and a description, or says nothing beside its words', () => {
    const { tags } = parse(pageOf())
    const pictures = tags.filter(({ name }) => name === 'svg')
    expect(pictures.filter(({ attributes }) => attributes.get('role') === 'img')).toHaveLength(3)
    for (const { attributes } of pictures)
      if (attributes.get('role') === 'img')
        expect(attributes.get('aria-labelledby')).toMatch(/^([a-z]+)-chart-title \1-chart-said$/)
      else expect(attributes.get('aria-hidden')).toBe('true')
  })

  it('says profile, models, risks, loss and how to verify', () => {
    const { text } = parse(pageOf())
    for (const words of [
      'Expert determination, 45 CFR 164.514(b)(1)',
      'All 6 privacy models hold.',
      'Determined by',
      'Dr. Ada Quill',
      '28,390',
      '30,150 rows of 28,390 patients, 9 columns',
      '12 rows, 0.04%, of at most 5%',
      'at most 0.2',
      '0.1988',
      'Prosecutor: of a patient known to be in the data',
      'Journalist&#39;s risk',
      'Marketer',
      'At risk above 33%',
      '5–9',
      'age &quot;years&quot;',
      '0.2114',
      'Proven: no other choice of levels for whole columns loses less.',
      'The best found; another could lose at most 0.0100 less.',
      '2 columns of the source are left out.',
      '45 CFR 164.514(b)(2)(i)(C)',
      'No model bounds what a class tells of &quot;income&quot;',
      'chartward deid verify .',
    ])
      expect(text).toContain(words)
  })

  it('says first of all that a model does not hold', () => {
    const models = [
      { model: { kind: 'k-anonymity', k: 5 } as const, reached: 4 },
      { model: { kind: 'prosecutor-risk', threshold: 0.3 } as const, reached: 0.25 },
    ]
    const { text } = parse(pageOf({ models }))
    expect(text).toContain('✗ 1 of 2 privacy models does not hold.')
    expect(text).not.toContain('models hold.')
  })

  it('of a release of nothing, without models, classes or generalised columns, is whole', () => {
    const release = tableRelease()
    const nothing = {
      prosecutor: 0,
      marketer: 0,
      atRisk: {},
      unique: 0,
      smallestClass: 0,
      averageClass: 0,
      classes: 0,
    }
    const page = pageOf(
      {
        models: [],
        source: { rows: 0, patients: 0, columns: 1 },
        released: { rows: 0, patients: 0, suppressedRows: 0 },
        columns: release.columns.filter(({ role }) => role === 'insensitive'),
        risksBefore: nothing,
        risksAfter: nothing,
        utility: { loss: 0, lossByColumn: {}, discernibility: 0, averageClass: null },
      },
      alternatives().map((alternative) => ({
        ...alternative,
        utility: { loss: 0, lossByColumn: {}, discernibility: 0, averageClass: null },
        risks: nothing,
        classSizes: [],
      })),
    )
    expectHarmless(page)
    expect(page).toContain('The plan asks for no privacy model.')
    expect(page).not.toMatch(/NaN|Infinity|undefined|null\b/)
  })

  it('keeps what is no number out of its pictures', () => {
    const infinite = alternatives().map((alternative) => ({
      ...alternative,
      utility: { ...alternative.utility, loss: Number.NaN },
    }))
    expect(pageOf({}, infinite)).not.toMatch(/NaN|Infinity|undefined/)
  })

  it('gives points that are close to each other labels that are apart', () => {
    const close = alternatives().map((alternative) => ({
      ...alternative,
      utility: { ...alternative.utility, loss: 0.1857 },
    }))
    const labels = [
      ...pageOf({}, close).matchAll(
        /<text class="label" x="([\d.]+)" y="([\d.]+)" text-anchor="middle">\d</g,
      ),
    ]
    expect(labels).toHaveLength(3)
    expect(new Set(labels.map(([, x, y]) => `${x} ${y}`)).size).toBe(3)
  })

  it('the same report gives the same bytes, whatever the order in which its parts were put together', () => {
    const { utility } = tableRelease()
    const turned = {
      ...utility,
      lossByColumn: Object.fromEntries(Object.entries(utility.lossByColumn).toReversed()),
    }
    expect(pageOf({ utility: turned })).toBe(pageOf())
    expect(pageOf()).toBe(pageOf())
  })

  it('has no time but the plan’s', () => {
    expect([...new Set(pageOf().match(/\d{4}-\d{2}-\d{2}/g))].toSorted()).toEqual([
      '2026-11-01',
      '2026-11-22',
    ])
  })
})
