import { describe, expect, it } from 'vitest'
import { fc } from '../shared/testing/property.ts'
import type { KnownValues } from './known/values.ts'
import { createScrubber } from './scrubber.ts'

const scrubber = createScrubber()
const scrubbed = (text: string, known: KnownValues): string => scrubber.scrub(text, known).text

/** Letters and digits alone, without case and accents; independent of the code under test. */
const bare = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

/** What is left of a text when its placeholders are gone, each of which parts what stands around it. */
const left = (text: string): string[] => text.split(/\[[A-Z]+\]/).map(bare)

const letters = (least: number, most: number) =>
  fc
    .array(fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzéüñçøł'), { minLength: least, maxLength: most })
    .map((parts) => parts.join(''))

const JOINTS = ['', '', '', '-', ' ', '.', "'", '\u200b', '\u00a0', '\u00ad', '-\n', ', ', '\u2011', '_', '/']

/**
 * A value as somebody might write it: any case, composed or not, full width, with signs between its letters.
 */
const written = (value: string) =>
  fc
    .tuple(
      fc.constantFrom('lower', 'upper', 'title', 'wide'),
      fc.constantFrom('NFC', 'NFD'),
      fc.array(fc.constantFrom(...JOINTS), { minLength: value.length, maxLength: value.length }),
    )
    .map(([style, form, joints]) => {
      const spelled =
        style === 'upper'
          ? value.toUpperCase()
          : style === 'title'
            ? value.charAt(0).toUpperCase() + value.slice(1)
            : style === 'wide'
              ? value.replace(/[a-z]/g, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0))
              : value
      return Array.from(spelled)
        .map((letter, index) => letter + (index + 1 < spelled.length ? (joints[index] ?? '') : ''))
        .join('')
        .normalize(form)
    })

describe('the values of the patient’s own record', () => {
  it('survive in no form of case, accents, width, punctuation, hyphenation and spacing', () => {
    fc.assert(
      fc.property(
        letters(4, 14).chain((name) => fc.tuple(fc.constant(name), written(name))),
        fc.constantFrom(
          'Seen with # in the ward.',
          '#: stable',
          'the wife of # (see below)',
          '“#”',
          'called #!',
        ),
        ([name, form], frame) => {
          const output = scrubbed(frame.replace('#', form), { names: [name] })
          expect(left(output).some((part) => part.includes(bare(name)))).toBe(false)
          expect(output).toContain('[NAME]')
        },
      ),
      { numRuns: 400 },
    )
  })

  it('go by their parts of two letters and more, as whole words', () => {
    fc.assert(
      fc.property(letters(2, 3), fc.constantFrom('lower', 'upper'), (part, style) => {
        const form = style === 'upper' ? part.toUpperCase() : part
        const output = scrubbed(`then ${form}, who came`, { names: [`Wilhelmina ${part}`] })
        expect(output.split(/[^\p{L}\p{M}]+/u).map(bare)).not.toContain(bare(part))
      }),
    )
  })

  it('leave nothing of an identifier of any make', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789'), { minLength: 4, maxLength: 16 }),
        fc.constantFrom('', '-', ' ', '.', '/'),
        (characters, joint) => {
          const id = characters.join('')
          const output = scrubbed(`his file ${characters.join(joint)} was read`, { ids: [id] })
          expect(left(output).some((part) => part.includes(bare(id)))).toBe(false)
        },
      ),
    )
  })

  const patient: KnownValues = {
    names: ['Mary-Ann O’Reilly', 'Theodoros Papas', 'Wu Li', 'Jan Novák'],
    addresses: ['48 Harcourt Terrace Apt 3B, Somerville, MA 02144'],
    organizations: ['Brightwater Elementary'],
    phones: ['+1 (617) 555-0142', '+46 70 123 45 67'],
    emails: ['maryann.oreilly@example.org'],
    ids: ['MRN-0048392', 'A77', '999-47-1234'],
    dates: ['1948-03-14'],
  }

  it.each([
    ['a part in small letters', 'asked mary about it', 'asked [NAME] about it'],
    ['a possessive', "O'Reilly's wound and the Papas’ son", '[NAME] wound and the [NAME] son'],
    ['another order', 'OREILLY, MARY ANN was seen', '[NAME] was seen'],
    ['initials beside the surname', 'J. Novak and Novák, J. came', '[NAME] and [NAME] came'],
    ['a declined surname', 'u Nováka and Novákovi', 'u [NAME] and [NAME]'],
    ['a word that a name is a part of', 'user maryannoreilly42 logged in', 'user [NAME] logged in'],
    ['letters apart', 'signed W u and L.i', 'signed [NAME] and [NAME]'],
    ['a name broken over a line', 'the Theodo-\nros family', 'the [NAME] family'],
    ['initials in capitals', 'per JN, no change', 'per [NAME], no change'],
    ['another spelling of a street', '48 HARCOURT TER. was dark', '[ADDRESS]. was dark'],
    ['a street without its number', 'on harcourt terrace all day', 'on [ADDRESS] all day'],
    ['a postcode alone', 'in 02144 it rains', 'in [ADDRESS] it rains'],
    ['a national number', 'reach 617 555 0142', 'reach [PHONE]'],
    ['a local number', 'reach 555.0142 now', 'reach [PHONE] now'],
    ['a number with a trunk zero', 'ring 070-123 45 67 now', 'ring [PHONE] now'],
    ['the local part of an address', 'account maryann.oreilly ok', 'account [NAME] ok'],
    ['the digits of a number alone', 'see 48392 and 0048392', 'see [ID] and [ID]'],
    ['a number of three characters', 'bed a77 is free', 'bed [ID] is free'],
    ['a number with other separators', '999 47-1234', '[ID]'],
    ['a date in bare digits', 'born 031448 or 14031948', 'born [DATE] or [DATE]'],
    ['an employer', 'teaches at brightwater elementary', 'teaches at [ORGANIZATION]'],
  ])('are found as %s', (_, text, expected) => {
    expect(scrubbed(text, patient)).toBe(expected)
  })

  it('go though a clinical word or a measured value is the same', () => {
    expect(
      scrubbed("Parkinson's disease, BP 120/80, 5 mg", { names: ['Ada Parkinson'], ids: ['120-80'] }),
    ).toBe('[NAME] disease, BP [ID], 5 mg')
  })

  it('are no reason to break longer words: Ann is not in annual, Li not in living', () => {
    expect(scrubbed('annual check, living alone, B12 low', { names: ['Ann Li'], ids: ['12'] })).toBe(
      'annual check, living alone, B12 low',
    )
  })

  it.each([
    ['Hebrew with points', 'הגיע שָׁלוֹם הביתה', 'שלום'],
    ['Arabic among marks of direction', 'seen \u202bمُحَمَّد\u202c today', 'محمد'],
    ['Chinese without spaces', '患者王小明今天来', '王小明'],
    ['Greek in capitals', 'ο ΠΑΠΑΔΌΠΟΥΛΟΣ ήρθε', 'Παπαδόπουλος'],
    ['Hangul decomposed', '환자 김민수는'.normalize('NFD'), '김민수'],
  ])('are found in %s', (_, text, name) => {
    const output = scrubbed(text, { names: [name] })
    expect(left(output).some((part) => part.includes(bare(name)))).toBe(false)
    expect(output).toContain('[NAME]')
  })

  it('may be absent, empty or a single letter', () => {
    const text = 'nothing of note'
    expect(scrubbed(text, {})).toBe(text)
    expect(
      scrubbed(text, {
        names: ['', ' ', 'n', '-'],
        ids: [''],
        phones: ['n/a'],
        dates: [''],
        addresses: [',\n,'],
      }),
    ).toBe(text)
  })
})
