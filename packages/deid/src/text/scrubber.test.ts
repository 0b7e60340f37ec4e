import { describe, expect, it } from 'vitest'
import { fc } from '../shared/testing/property.ts'
import { createScrubber } from './scrubber.ts'

const scrubber = createScrubber()
const scrubbed = (text: string): string => scrubber.scrub(text).text

const becomes = (cases: readonly (readonly [text: string, expected: string])[]): void => {
  it.each(cases)('%s', (text, expected) => {
    expect(scrubbed(text)).toBe(expected)
  })
}

describe('names', () => {
  describe('that are no words go wherever they stand', () =>
    becomes([
      ['Kowalczyk reported no pain.', '[NAME] reported no pain.'],
      ['We saw Oluwaseun Adebayo-Wright and D’Angelo O’Malley.', 'We saw [NAME] and [NAME].'],
      ['Seen by SORENSEN, J. this week.', 'Seen by [NAME]. this week.'],
      ['JANE DOE-LINDQVIST was discharged.', '[NAME] was discharged.'],
      ['It was Maarten van der Velde who called.', 'It was [NAME] who called.'],
      ['De la Cruz came with Ana M. de la Cruz.', '[NAME] came with [NAME].'],
    ]))

  describe('that are words go by their place', () =>
    becomes([
      ['Ms. Young and Dr. Long met Prof. Bright.', '[TITLE] [NAME] and [TITLE] [NAME] met [TITLE] [NAME].'],
      ['My name is Will.', 'My name is [NAME].'],
      ['She named him Chance.', 'She named him [NAME].'],
      ['I spoke with Faith about it.', 'I spoke with [NAME] about it.'],
      ['Grant was at the bedside with Hope.', '[NAME] was at the bedside with [NAME].'],
      ['Grace said she would; Will Baker denied it.', '[NAME] said she would; Will [NAME] denied it.'],
    ]))

  describe('that are words are words elsewhere', () =>
    becomes(
      [
        'Will continue to monitor. May ambulate.',
        'Mark the site. Grant access. Rose to standing.',
        'Long QT, White blood cells, Brown sputum.',
        'Young adult with a long history of hope.',
      ].map((text) => [text, text] as const),
    ))

  describe('go in texts whose capitals tell nothing', () =>
    becomes([
      ['pt john kowalczyk seen, wife ngozi present', 'pt [NAME] seen, wife [NAME] present'],
      ['PATIENT JOHN KOWALCZYK HAS DIABETES', 'PATIENT [NAME] HAS DIABETES'],
      ['Doing well per wife kowalczyk.', 'Doing well per wife [NAME].'],
      ['Иван Петров', '[NAME]'],
      ['חולה בשם דוד', '[NAME]'],
      ['seen by Jоhn, whose o is not Latin', 'seen by [NAME], whose o is not Latin'],
    ]))
})

describe('places, groups and organisations', () =>
  becomes([
    ['He moved from Turkey to New Zealand.', 'He moved from [LOCATION] to [LOCATION].'],
    ['She ate turkey from fine china.', 'She ate turkey from fine china.'],
    ['Born in the Czech Republic to a Czech mother.', 'Born in the [LOCATION] to a [GROUP] mother.'],
    ['He is an Irish Catholic; she is Muslim.', 'He is an [GROUP]; she is [GROUP].'],
    ['We polish shoes.', 'We polish shoes.'],
    ['They moved to Stone Harbor.', 'They moved to [LOCATION].'],
    ['She works for Blue Rivet.', 'She works for [ORGANIZATION].'],
    ['Her employer, Clear Sky Travel LLC, agreed.', 'Her employer, [ORGANIZATION], agreed.'],
    ['Transferred from Mercy General Hospital.', 'Transferred from [ORGANIZATION].'],
    ['The U.N. met; P.O. intake is fair.', 'The [ORGANIZATION] met; P.O. intake is fair.'],
    ['Small Steps is a local charity.', '[ORGANIZATION] is a local charity.'],
  ]))

describe('addresses', () =>
  becomes([
    ['Lives at 221B Cherry Tree Lane, Apt. 4, Springfield, IL 62704 now.', 'Lives at [ADDRESS] now.'],
    ['Mail to P.O. Box 12, Dover, DE 19901.', 'Mail to [ADDRESS].'],
    ['She lives at Lindenallee 14, 10719 Berlin, Germany.', 'She lives at [ADDRESS].'],
    ['Send it to 5 rue des Lilas, 75020 Paris.', 'Send it to [ADDRESS].'],
    ['at Via Garibaldi 8, Torino', 'at [ADDRESS]'],
    ['meet at the corner of Elm Street and 5th Avenue today', 'meet at [ADDRESS] today'],
    ['Unit 2050 Box 4190\nAPO AP 96278', '[ADDRESS]'],
    ['from 12 Main St. Patient walked.', 'from [ADDRESS]. Patient walked.'],
    ['My postcode is SW1A 1AA, the zip code 02139.', 'My postcode is [ADDRESS], the zip code [ADDRESS].'],
  ]))

describe('dates and times', () => {
  describe('go in every form', () =>
    becomes([
      ['on 2019-05-06T10:11:12Z and 06.05.2019', 'on [DATE] and [DATE]'],
      ['03/14/1948, 3-14-48, 1948/3/14', '[DATE], [DATE], [DATE]'],
      ['March 3rd, 2020 and the 5th of May', '[DATE] and the [DATE]'],
      ['the fourth of July', '[DATE]'],
      ['in nineteen ninety-eight', '[DATE]'],
      ['14. März 2020, 3 janvier 2019', '[DATE], [DATE]'],
      ['in June, since summer ’09, on Tuesday', 'in [DATE], since [DATE], on [DATE]'],
      ['at 10:30 pm or 7 a.m.', 'at [DATE] or [DATE]'],
      ['admitted 3/14, discharged on 3/20', 'admitted [DATE], discharged on [DATE]'],
      ['Since 1987 he has smoked.', 'Since [DATE] he has smoked.'],
      ['Bought ＠ １２／０３／２０１９', 'Bought ＠ [DATE]'],
    ]))

  describe('are told from fractions, scores and pressures', () =>
    becomes(
      [
        'BP 120/80, then 98/60; strength 5/5, pain 8/10, 2/6 murmur',
        'took 1/2 tablet, vision 20/40, 3/4 of meals',
        'WBC 2010, 2000 mL of saline, titer 1:160, dose 1990 mg',
        'It may rain; we march on.',
      ].map((text) => [text, text] as const),
    ))

  it('keep their years where the profile allows years', () => {
    const keeping = createScrubber({ years: 'keep' })
    expect(keeping.scrub('In 1987, on 3 May 1988').text).toBe('In 1987, on [DATE]')
  })
})

describe('ages go, what is said of them stays', () =>
  becomes([
    ['A 79-year-old man, 45 y/o, 67yo F', 'A [AGE]-year-old man, [AGE] y/o, [AGE]yo F'],
    ['Aged 93; she just turned eighty-one.', 'Aged [AGE]; she just turned [AGE].'],
    ['When he was 64, I’m 23.', 'When he was [AGE], I’m [AGE].'],
    ['Father died at 92.', 'Father died at [AGE].'],
    ['for 3 weeks, 20 years ago', 'for 3 weeks, 20 years ago'],
  ]))

describe('numbers that identify', () =>
  becomes([
    ['SSN 123-45-6789, passport X1234567', 'SSN [ID], passport [ID]'],
    ['MRN: 00483921; account no. 88-1207', 'MRN: [ID]; account no. [ID]'],
    ['card 4111 1111 1111 1111 expires', 'card [ID] expires'],
    ['IBAN GB33BUKB20201555555555 or DE89 3704 0044 0532 0130 00', 'IBAN [ID] or [ID]'],
    ['VIN 1HGCM82633A004352, license number is D1234567', 'VIN [ID], license number is [ID]'],
    ['id 3f2504e0-4f89-41d3-9a0c-0305e82c3301', 'id [ID]'],
    ['account ending in 4432', 'account ending in [ID]'],
    ['password: hunter', 'password: [ID]'],
  ]))

describe('telephones', () =>
  becomes([
    ['call +44 20 7946 0958 or (212) 555-0187 ext. 42', 'call [PHONE] or [PHONE]'],
    ['030/1234567 and 079 123 45 67', '[PHONE] and [PHONE]'],
    ['mobile 0171-2345678, 555-0142', 'mobile [PHONE], [PHONE]'],
    ['reach 617.555.0142x12', 'reach [PHONE]'],
    [
      'platelets 150-400, range 1500-2000, 250 000 cells',
      'platelets 150-400, range 1500-2000, 250 000 cells',
    ],
  ]))

describe('addresses of the net', () =>
  becomes([
    ['mail jane_doe+x@mail.example.co.uk.', 'mail [EMAIL].'],
    ['see https://example.org/a?b=c, www.example.org', 'see [URL], [URL]'],
    ['on example.org/patients', 'on [URL]'],
    ['IP 192.168.10.4 and 2001:db8::8a2e:370:7334', 'IP [IP] and [IP]'],
    ['MAC 00:1B:44:11:3A:B7', 'MAC [ID]'],
    ['5 mg @ 8, b.i.d., e.g. daily', '5 mg @ 8, b.i.d., e.g. daily'],
  ]))

describe('forms and signatures', () =>
  becomes([
    ['Patient Name: Rose Young   DOB: 1/2/1950', 'Patient Name: [NAME]   DOB: [DATE]'],
    ['Employer: Small Steps\nCity: Reading', 'Employer: [ORGANIZATION]\nCity: [LOCATION]'],
    ['Name: unknown', 'Name: unknown'],
    ['Ngozi Lindqvist\nSenior account manager\nClear Path', '[NAME]\n[TITLE]\n[ORGANIZATION]'],
  ]))

describe('a scrubbed text', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    fc
      .array(
        fc.constantFrom(
          'Dr. ',
          'Ann',
          'é',
          'e\u0301',
          '12 ',
          '3/14',
          '\n',
          '@',
          'a.b',
          ' St ',
          '“',
          '\u200d',
          '٣',
          '𝟗',
          '½',
          '\ud800',
        ),
      )
      .map((parts) => parts.join('')),
  )

  it('is its source with sorted, disjoint spans replaced by their categories, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { text: output, spans } = scrubber.scrub(text)
        let built = ''
        let from = 0
        for (const { start, end, category } of spans) {
          expect(start).toBeGreaterThanOrEqual(from)
          expect(end).toBeGreaterThan(start)
          built += `${text.slice(from, start)}[${category}]`
          from = end
        }
        expect(from).toBeLessThanOrEqual(text.length)
        expect(built + text.slice(from)).toBe(output)
      }),
      { numRuns: 500 },
    )
  })

  it('is the same each time, and for another scrubber', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(createScrubber().scrub(text)).toEqual(scrubber.scrub(text))
      }),
    )
  })

  it('keeps no accent, joiner or mark of a replaced name', () => {
    expect(scrubbed('Zoe\u0308\u200d\u00a0Mu\u0308ller\u0301 came')).toBe('[NAME] came')
  })

  it('replaces full-width, Arabic and mathematical digits as it does others', () => {
    expect(scrubbed('ssn １２３-４５-６７８９, tel ٠١٢٣ ٤٥٦ ٧٨٩, 𝟏𝟐/𝟎𝟑/𝟐𝟎𝟏𝟗')).toBe(
      'ssn [ID], tel [PHONE], [DATE]',
    )
  })
})
