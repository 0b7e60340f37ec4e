import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  exactToken,
  MOST_NAME_TOKENS,
  nameQueryToken,
  nameTokens,
  truncatedToken,
  truncationBits,
} from './blind-index.ts'
import { isFoundBy, readTyped } from './names.ts'
import { nameParts } from './normalise.ts'
import { SEEDED } from './testing/arbitraries.ts'
import { codeOf } from './testing/code-of.ts'

const KEY = Buffer.alloc(32, 7)
const OTHER_KEY = Buffer.alloc(32, 8)
const BITS = 64

const has = (tokens: readonly Buffer[], token: Buffer) => tokens.some((stored) => stored.equals(token))

describe('an exact token', () => {
  it('is the first 128 bits of the documented HMAC, or every stored index would be lost', () => {
    const expected = createHmac('sha256', KEY).update('chartward/v1/blind-index/exact\0mrn\0A1').digest()
    expect(exactToken(KEY, 'mrn', 'A1')).toEqual(expected.subarray(0, 16))
  })

  it('differs by key, field and value', () => {
    const tokens = [
      exactToken(KEY, 'mrn', 'A1'),
      exactToken(OTHER_KEY, 'mrn', 'A1'),
      exactToken(KEY, 'ssn', 'A1'),
      exactToken(KEY, 'mrn', 'A2'),
      exactToken(KEY, 'mr', 'nA1'),
    ]
    expect(new Set(tokens.map((token) => token.toString('hex'))).size).toBe(tokens.length)
  })

  it('is refused for an empty value, an unclear field and an unusable key', () => {
    expect(codeOf(() => exactToken(KEY, 'mrn', ''))).toBe('invalid-argument')
    expect(codeOf(() => exactToken(KEY, '', 'A1'))).toBe('invalid-argument')
    expect(codeOf(() => exactToken(KEY, 'mrn\0x', 'A1'))).toBe('invalid-argument')
    expect(codeOf(() => exactToken(Buffer.alloc(16, 1), 'mrn', 'A1'))).toBe('invalid-key')
    expect(codeOf(() => exactToken(Buffer.alloc(32), 'mrn', 'A1'))).toBe('key-wiped')
  })
})

describe('a truncated token', () => {
  it('has as many bits as asked, and more bits only add to it', () => {
    const full = truncatedToken(KEY, 'birth-date', '1980-02-29', 128)
    for (let bits = 1; bits <= 128; bits++) {
      const token = truncatedToken(KEY, 'birth-date', '1980-02-29', bits)
      expect(token).toHaveLength(Math.ceil(bits / 8))
      for (let bit = 0; bit < token.length * 8; bit++) {
        const mask = 0x80 >> (bit & 7)
        const expected = bit < bits ? (full[bit >> 3] ?? 0) & mask : 0
        expect((token[bit >> 3] ?? 0) & mask).toBe(expected)
      }
    }
    for (const bits of [0, -1, 129, 7.5, Number.NaN]) {
      expect(codeOf(() => truncatedToken(KEY, 'birth-date', '1980', bits))).toBe('invalid-argument')
    }
  })

  it('is shared by about as many people as planned', () => {
    const bits = truncationBits(4096, 8)
    expect(bits).toBe(9)
    const groups = new Map<string, number>()
    for (let i = 0; i < 4096; i++) {
      const token = truncatedToken(KEY, 'birth-date', `value ${i}`, bits).toString('hex')
      groups.set(token, (groups.get(token) ?? 0) + 1)
    }
    expect(groups.size).toBeGreaterThan(480)
    expect(groups.size).toBeLessThanOrEqual(512)
  })

  it('never takes more bits than leave the group its size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 1e9 }), fc.integer({ min: 1, max: 8 }), (people, group) => {
        const bits = truncationBits(people, group)
        expect(people / 2 ** bits).toBeGreaterThanOrEqual(group)
        expect(people / 2 ** (bits + 1)).toBeLessThan(group)
      }),
      SEEDED,
    )
    expect([truncationBits(1), truncationBits(15), truncationBits(16), truncationBits(32)]).toEqual([
      1, 1, 1, 2,
    ])
    for (const people of [0, -1, 2.5, Number.NaN]) {
      expect(codeOf(() => truncationBits(people))).toBe('invalid-argument')
    }
  })
})

describe('a name', () => {
  const found = (names: readonly string[], typed: string): boolean => {
    const tokens = nameTokens(KEY, 'name', names, BITS)
    return readTyped(typed).some((words) => {
      const wanted = words.flatMap((word) => nameQueryToken(KEY, 'name', word, BITS) ?? [])
      return wanted.length > 0 && wanted.every((token) => has(tokens, token))
    })
  }

  it.each([
    ['Müller-Lüdenscheidt', ['mul', 'MÜLL', 'Müller-Lüd', 'mullerludenscheidt', 'Lüdenscheidt', 'lud']],
    ['de la Cruz', ['cruz', 'de la Cruz', 'delacruz', 'la cruz', 'De La Cru', 'Cruz, de la']],
    ["O'Brien-Nuñez", ['O’Brien', 'obrien', 'O Brien', 'brien', 'Nunez', 'nuñez obrien', 'OBrienNunez']],
    ['OBrien', ["O'Brien", 'O’Brien', 'O Brien', 'O´Brien', 'OʼBrien']],
    ['Mac Donald', ['macdonald', 'MacDon', 'donald']],
    ['MacDonald', ['Mac Donald', 'mac-donald']],
    ['García Márquez', ['marquez', 'Garcia', 'marquez garcia', 'GARCÍA-MÁRQUEZ']],
    ['Ng', ['NG', 'ng']],
    ['J. R. Smith', ['Smith, J.', 'j r smith', 'JR Smith', 'j.r. smith']],
    ['王小明', ['王', '小明', '王小明', '明', '王 小明', '小明 王']],
    ['王 小明', ['王小明', '王小', '小明']],
    ['김철수', ['김', '철수', '김철수', '김철수'.normalize('NFD')]],
    ['山田 太郎', ['山', '山田太郎', '太郎 山田', '郎']],
    ['ヤマダ タロウ', ['やまだ', 'ﾔﾏﾀﾞ', 'たろう', 'や']],
    ['𠮷野家', ['𠮷', '野家']],
    ['王Wang', ['王', 'wang', 'Wang 王']],
    ['Weißmüller Łucja', ['weissmuller', 'WEISSMÜLLER', 'lucja', 'ŁUC']],
    ['Işıkoğlu İpek', ['isikoglu', 'IŞIK', 'ipek', 'IPEK']],
    ['Παπαδόπουλος', ['ΠΑΠΑΔΟΠΟΥΛΟΣ', 'παπ']],
    ['Нгуенова Ёлка', ['НГУ', 'елка', 'Ёлка']],
    ['السيد محمّد', ['السيد', 'محمد', 'السي', 'محـــمد']],
    ['שָׁלוֹם בן־דוד', ['שלום', 'בן דוד', 'דוד']],
    ['สมชาย ใจดี', ['สมช', 'ใจดี', 'ใจด']],
    ['राम मोहन', ['राम', 'मोहन']],
    ['Sørensen Ærø Đặng', ['sorensen', 'aero', 'dang']],
  ])('is found by any part of it, in any order and spelling: %s', (name, all) => {
    for (const typed of all) expect(found([name], typed), typed).toBe(true)
  })

  it.each([
    ['Müller-Lüdenscheidt', ['ull', 'mulr', 'mullerin', 'denscheidt', 'muller anna', 'mü']],
    ['Nguyen', ['ng', 'uyen']],
    ['王小明', ['王明', '明王小', '黄']],
    ['สุดา', ['สดา']],
    ['たなか', ['だなか', 'ただか']],
    ['Ana Lee', ['analle', 'lea']],
  ])('is found by no other text: %s', (name, all) => {
    for (const typed of all) expect(found([name], typed), typed).toBe(false)
  })

  const letter = fc.constantFrom(...'aábcçdeéèfgğhiıjkłlmnñoøöpqrsştuüvwxyzžßæđþАБёйγήςωمحدשלกมิ')
  const word = fc.array(letter, { minLength: 3, maxLength: 14 }).map((letters) => letters.join(''))
  const unspaced = fc
    .array(fc.constantFrom(...'王小明李山田太郎김민준철수やまだヤマ𠮷'), { minLength: 1, maxLength: 5 })
    .map((letters) => letters.join(''))
  const name = fc.array(
    fc.tuple(
      fc.oneof({ weight: 4, arbitrary: word }, unspaced),
      fc.constantFrom(' ', '-', "'", '’', '‐', ' - ', ', '),
    ),
    { minLength: 1, maxLength: 5 },
  )
  const spelt = fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => text.toUpperCase(),
    (text) => text.toLowerCase(),
    (text) => text.normalize('NFD'),
    (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, ''),
  )

  it('is found by the beginnings of any of its parts, in any order and spelling, whatever it is', () => {
    fc.assert(
      fc.property(name, fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), spelt, (parts, picks, spell) => {
        const whole = parts.map(([part, mark]) => part + mark).join('')
        const words = picks.map((pick) => parts[pick % parts.length]?.[0] ?? '')
        expect(found([whole], spell(words.join(' '))), `${whole} by ${words.join(' ')}`).toBe(true)
        expect(isFoundBy(readTyped(spell(words.join(' '))), [whole])).toBe(true)
        const begun = words.filter((typed) => nameParts(typed).join('').length > 3)
        const cut = begun.map((typed) =>
          Array.from(nameParts(typed)[0] ?? '')
            .slice(0, 3)
            .join(''),
        )
        if (cut.length > 0) expect(found([whole], cut.join(' ')), `${whole} by ${cut.join(' ')}`).toBe(true)
      }),
      { ...SEEDED, numRuns: 500 },
    )
  })

  it('has a token wherever what was decrypted would match, so that nobody is missed', () => {
    const any = fc.string({ unit: 'grapheme', maxLength: 12 })
    fc.assert(
      fc.property(fc.array(any, { maxLength: 3 }), any, fc.nat(9), (names, other, from) => {
        for (const typed of [other, ...names, (names[0] ?? '').slice(from)]) {
          const readings = readTyped(typed).filter((words) =>
            words.some((word) => nameQueryToken(KEY, 'name', word, BITS) !== null),
          )
          if (isFoundBy(readings, names)) expect(found(names, typed), typed).toBe(true)
        }
      }),
      { ...SEEDED, numRuns: 2000 },
    )
  })

  it('of one letter, or of none, gives no token, and neither does such a text', () => {
    for (const nothing of ['-', '???', ' ', '', 'X', 'O', '—’ .']) {
      expect(nameTokens(KEY, 'name', [nothing], BITS), nothing).toEqual([])
      expect(
        readTyped(nothing)
          .flat()
          .map((word) => nameQueryToken(KEY, 'name', word, BITS)),
      ).toEqual(nothing === 'X' || nothing === 'O' ? [null] : [])
    }
  })

  it('has a bounded number of tokens, in an order that tells nothing, each once', () => {
    const count = (given: string) => nameTokens(KEY, 'name', [given], BITS).length
    expect(['Ng', 'Ann', 'Anna', 'abcdefghijklmn', '王', '王小明'].map(count)).toEqual([1, 1, 2, 10, 1, 6])
    const words = Array.from({ length: 200 }, (_, i) => `word${i.toString(36).repeat(9)}`)
    expect(nameTokens(KEY, 'name', words, 128)).toHaveLength(MOST_NAME_TOKENS)
    expect(count(words.join(' '))).toBeLessThan(MOST_NAME_TOKENS)
    const tokens = nameTokens(KEY, 'name', ['Featherstonehaugh'], 2)
    expect(tokens.length).toBeLessThanOrEqual(4)
    expect(tokens).toEqual([...tokens].sort(Buffer.compare))
    expect(new Set(tokens.map((token) => token.toString('hex'))).size).toBe(tokens.length)
  })

  it('has the tokens of its form, or a stored index would be lost without a word', () => {
    const names = [
      "O'Brien-Nuñez Zoë",
      'Weißmüller Łucja',
      'İpek Işıkoğlu',
      'Ёлка',
      '王小明',
      'ヤマダ',
      'Ng',
      'สุดา',
    ]
    const digest = createHash('sha256')
    for (const token of nameTokens(KEY, 'name', names, 128)) digest.update(token)
    expect(digest.digest('hex')).toBe('25e9caf78686039f86f3447d0a0fbf13a44ff565acdadb0d14f0f32c710423dc')
  })

  it('differs by key and field', () => {
    const tokens = nameTokens(KEY, 'name', ['Miller'], BITS)
    const of = (key: Buffer, field: string) => nameQueryToken(key, field, 'mil', BITS) ?? Buffer.alloc(0)
    expect([of(KEY, 'name'), of(KEY, 'given'), of(OTHER_KEY, 'name')].map((one) => has(tokens, one))).toEqual(
      [true, false, false],
    )
  })
})
