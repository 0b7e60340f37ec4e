import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressKey, addressTrouble } from './address.ts'
import { newEmail } from './forms.ts'

const SEEDED = { seed: 20261129, numRuns: 1000 } as const

describe('an address of a person', () => {
  it.each([
    'ann@münchen.example',
    'ann@xn--mnchen-3ya.example',
    'ann+ward-3@hospital.example',
    'a&b@hospital.example',
    "sean.o'brien@hospital.example",
    'Ann.LEE@Hospital.Example',
    'josé@hospital.example',
    'jose\u0301@hospital.example',
    'straße@straße.example',
    'ışık@hospital.example',
    '名前@例え.jp',
    '名前@例え。jp',
    '김@한국.kr',
    'ＡＮＮ＠hospital.example',
    'иван@почта.рф',
    'оса@почта.рф',
    'δοκιμή@παράδειγμα.δοκιμή',
    'محمد@مثال.إختبار',
    'คน@ตัวอย่าง.ไทย',
    'नाम@उदाहरण.परीक्षा',
    `${'x'.repeat(64)}@hospital.example`,
    "!#$%&'*+-/=?^_`{|}~@hospital.example",
  ])('is taken as it is typed: %s', (typed) => {
    expect(addressTrouble(typed)).toBeNull()
    expect(newEmail.parse(` ${typed} `)).toBe(typed)
  })

  it.each([
    [
      'letters of two alphabets in one part',
      'alphabets',
      ['аnn@x.example', 'ann@pаypal.example', 'αnn@x.example'],
    ],
    [
      'another script that passes for Latin',
      'alphabets',
      ['ann@аррӏе.example', 'оса@mail.example', 'ον@x.example'],
    ],
    [
      'letters that look like others',
      'alphabets',
      ['ɑnn@x.example', 'admın@x.example', 'ann@ɡoogle.example'],
    ],
    [
      'invisible characters',
      'can not be seen',
      ['a\u200Bb@x.example', 'ab@x\u00AD.example', 'a\uFE0F@x.example'],
    ],
    ['directions', 'can not be seen', ['a\u202Eb@x.example', 'ab@\u2066x.example', 'a\u200Fb@x.example']],
    [
      'blanks',
      'can not be seen',
      ['a b@x.example', 'a\u00A0b@x.example', 'a\u3000b@x.example', '"a b"@x.example'],
    ],
    ['too much before the @', '64 bytes', [`${'x'.repeat(65)}@x.example`, `${'é'.repeat(33)}@x.example`]],
    ['too much together', '254 bytes', [`${'x'.repeat(60)}@${'ab.'.repeat(64)}example`]],
    ['quotation marks', 'quotation marks', ['"ann"@x.example']],
    ['no whole address', 'a whole address', ['ann', 'ann@', '@x.example', '']],
    [
      'no domain',
      'a domain',
      ['a@b', 'a@1.2.3.4', 'a@[::1]', 'a@x..example', 'a@x.example.', 'a@-x.example', 'a@x_y.example'],
    ],
    [
      'a domain by another name',
      'a domain',
      ['a@x:80.example', 'a@x.example/y', 'a@exa%41mple.test', 'a@☃.example', 'a@1.0x7f'],
    ],
    ['a label that is too long', 'a domain', [`a@${'x'.repeat(64)}.example`, `a@${'ü'.repeat(60)}.example`]],
    ['dots where none may be', 'before the @', ['.a@x.example', 'a.@x.example', 'a..b@x.example']],
    [
      'what no address has',
      'before the @',
      ['a,b@x.example', 'a@b@x.example', 'a;b@x.example', 'o’brien@x.example', '☃@x.example'],
    ],
  ])('is refused where it has %s, and told why', (_, words, all) => {
    for (const typed of all) expect(addressTrouble(typed), typed).toContain(words)
  })

  it('is one, in whatever spelling', () => {
    for (const spellings of [
      [
        'ann@münchen.example',
        'ANN@MÜNCHEN.example',
        'ann@xn--mnchen-3ya.example',
        'ann@mu\u0308nchen.Example',
      ],
      ['josé@x.example', 'JOSE\u0301@X.EXAMPLE', ' josé@x.example '],
      ['名前@例え.jp', '名前@例え。jp', '名前＠例え．ＪＰ', '名前@xn--r8jz45g.jp'],
      ["o'brien@x.example", 'O’Brien@x.example'],
      ['ΣΊΣΥΦΟΣ@x.example', 'σίσυφος@x.example'],
    ])
      expect(new Set(spellings.map(addressKey)), spellings[0]).toHaveProperty('size', 1)
  })

  it('is another where a person would write another', () => {
    const all = [
      'ann@x.example',
      'ann+a@x.example',
      'a.nn@x.example',
      'ann@y.example',
      'änn@x.example',
      'ann@ẍ.example',
      'аnn@x.example',
      'ann@x.example\u200B',
      '"ann"@x.example',
    ]
    expect(new Set(all.map(addressKey)).size).toBe(all.length)
  })

  it('has a key for any text, which is its own key, and no trouble throws', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ unit: 'grapheme' }))
    const typed = fc.oneof(
      text,
      fc.tuple(text, text).map(([local, domain]) => `${local}@${domain}.example`),
    )
    fc.assert(
      fc.property(typed, (one) => {
        const key = addressKey(one)
        expect(addressKey(key)).toBe(key)
        if (addressTrouble(one) !== null) return
        expect(addressKey(one.normalize('NFD'))).toBe(key)
      }),
      SEEDED,
    )
  })
})
