import { describe, expect, it } from 'vitest'
import { isReleasableZip } from './areas.ts'
import { isFormula, unguarded } from './guard.ts'
import { htmlTexts, isActivePage } from './html-texts.ts'
import { identifiersIn } from './identifier-patterns.ts'
import { isAgeOver89, isYearsAlone, showsExactDate, tellsAgeOver89 } from './times.ts'

describe('ages', () => {
  it.each([
    ...['0', '89', '89.9', '[85, 90)', '80-89', '[0, 90)', '< 90', '<= 89', 'under 20', '*', 'unknown'],
    ...[
      '> 89',
      '>= 90',
      '≥90',
      '90+',
      '90 or older',
      '90 years or older',
      'over 89',
      '[90, ∞)',
      '(89, *]',
      '>= 80',
    ],
  ])('"%s" tells none over 89 from another', (label) => {
    expect(isAgeOver89(label)).toBe(false)
  })

  it.each([
    ...['90', '104', '[85, 90]', '[85, 95)', '90-94', '[90, 95)', '(90, ∞)', '> 90', '>= 91', '95+'],
    ...['91 or older', '< 95', '<= 90', 'aged 93', '90.5'],
  ])('"%s" tells one over 89', (label) => {
    expect(isAgeOver89(label)).toBe(true)
  })
})

describe('years', () => {
  it.each(['2019', '[2015, 2020)', '2015-2019', '2010s', '< 1934', '*', 'before 1990'])(
    '"%s" is years alone',
    (label) => expect(isYearsAlone(label)).toBe(true),
  )
  it.each(['2019-05', '20190506', 'May 2019', '2019-Q2', '05/06', 'Monday 12', 'spring 2019', '19'])(
    '"%s" is more exact',
    (label) => expect(isYearsAlone(label)).toBe(false),
  )
  it('tell an age over 89 where the youngest they can mean is older, as of the day', () => {
    expect(['1933', '1930-1933', '< 1930'].map((label) => tellsAgeOver89(label, 2024))).toEqual([
      true,
      true,
      true,
    ])
    expect(['1934', '1930-1939', '< 1934', '*'].map((label) => tellsAgeOver89(label, 2024))).toEqual([
      ...[false, false, false, false],
    ])
  })
})

describe('dates, areas and identifiers in any text', () => {
  it.each(['120/80', '2019', '[10, 20)', '1-2-3', 'J45.909', '12-34', 'W12', '2019-2020', '1990-1999'])(
    '"%s" is no date',
    (text) => expect(showsExactDate(text)).toBe(false),
  )
  it.each([
    ...[
      '-12.5',
      '50000',
      '1234567',
      '250.00',
      '[100, 200)',
      '2.16.840.1.113883',
      '4548-4',
      '0.5-1.5',
      '12:30:45',
    ],
    ...['J45.909', 'a@b', '1 000 000', '99213', 'F', '>= 90', '1.2.3'],
  ])('"%s" is no identifier', (text) => {
    expect(identifiersIn(text, true)).toEqual([])
  })
  it('bare digits are a telephone number only where words may stand', () => {
    expect(identifiersIn('5556101179', false)).toEqual([])
    expect(identifiersIn('5556101179', true)).toEqual(['phone'])
  })
  it('are looked for in time linear in the text', () => {
    for (const text of ['a.', '1 ', '1-', 'a:', '@', '(1', '+1 ', 'x-'])
      expect(identifiersIn(text.repeat(200_000), true)).toEqual([])
  })
  it('a ZIP3 needs more than 20,000 people', () => {
    const populations = new Map([
      ['021', 20_001],
      ['036', 20_000],
    ])
    const releasable = ['021', '021**', '000', '*', ''].map((zip) => isReleasableZip(zip, populations))
    expect(releasable).toEqual([true, true, true, true, true])
    const small = ['036', '999', '02139', '02', '021-3', '0210'].map((zip) =>
      isReleasableZip(zip, populations),
    )
    expect(small).toEqual([false, false, false, false, false, false])
  })
})

describe('formulas', () => {
  it.each(['=1', '+1', '-x', '@x', '\t1', '\r=', ' =1', '"=1', '\u200b=1', '＝1', '|x', '-1 or 2'])(
    '%j is one',
    (cell) => {
      expect(isFormula(cell)).toBe(true)
      expect(isFormula(`'${cell}`)).toBe(false)
      expect(unguarded(`'${cell}`)).toBe(cell)
    },
  )
  it.each(['-1', '-1.5e-7', '0', 'a=b', '', 'x', '[10, 20)', '> 89', "O'Brien", "'tis"])(
    '%j is none and stands for itself',
    (cell) => {
      expect(isFormula(cell)).toBe(false)
      expect(unguarded(cell)).toBe(cell)
    },
  )
})

describe('pages', () => {
  it('hold their texts, attributes and comments, with words that tags split joined and cells kept apart', () => {
    const html =
      '<!doctype html><p title="a &amp; b">One <b>wo</b>rd</p><!-- note --><td>1</td><td>2</td><svg><tspan>x</tspan>y</svg>'
    expect(htmlTexts(html)).toEqual(['a & b', 'One word', ' note ', '1', '2', 'xy'])
  })
  it.each([
    '<svg xmlns="http://www.w3.org/2000/svg"><use href="#a"/></svg>',
    '<img alt="x" src="data:image/png;base64,AA==">',
    '<style>a { fill: url(#b) }</style>',
    '<a href="https://www.ecfr.gov/">45 CFR</a>',
    '<p>&lt;script&gt; on = 1</p>',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">',
  ])('that only tell are not active: %s', (html) => {
    expect(isActivePage(html)).toBe(false)
  })
})
