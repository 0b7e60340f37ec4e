import { FIELD_PATHS, fieldOf } from '@chartward/policy'
import { describe, expect, it } from 'vitest'
import { fc } from '../../shared/testing/property.ts'
import { isMod10Valid, isVerhoeffValid } from './check-digits.ts'
import { KNOWN_SYSTEMS, knownCode } from './code-systems.ts'
import { stateCode } from './states.ts'
import { STATUS_SETS } from './status-sets.ts'
import { knownUnit } from './units.ts'

const SNOMED = 'http://snomed.info/sct'

describe('check digits', () => {
  it.each(['73211009', '15777000', '428191000124101', '138875005'])('SNOMED CT %s is valid', (code) => {
    expect(isVerhoeffValid(code)).toBe(true)
  })

  it('property: any single wrong digit and any swap of neighbours is caught', () => {
    const code = '428191000124101'
    fc.assert(
      fc.property(fc.nat(code.length - 1), fc.nat(9), (at, digit) => {
        const wrong = code.slice(0, at) + digit + code.slice(at + 1)
        expect(isVerhoeffValid(wrong)).toBe(wrong === code)
        const swapped = code.slice(0, at) + (code[at + 1] ?? '') + (code[at] ?? '') + code.slice(at + 2)
        expect(isVerhoeffValid(swapped)).toBe(swapped === code)
      }),
    )
  })

  it.each(['83022', '725143', '294637'])(
    'LOINC %s is valid, and with another check digit it is not',
    (digits) => {
      for (let digit = 0; digit < 10; digit++)
        expect(isMod10Valid(digits.slice(0, -1) + digit)).toBe(digit === Number(digits.at(-1)))
    },
  )
})

describe('known codes', () => {
  it.each([
    [SNOMED, '73211009'],
    ['http://loinc.org', '8302-2'],
    ['http://loinc.org', 'LA6576-8'],
    ['http://www.nlm.nih.gov/research/umls/rxnorm', '1049221'],
    ['http://hl7.org/fhir/sid/cvx', '08'],
    ['http://hl7.org/fhir/sid/icd-10-cm', 'E11.9'],
    ['http://hl7.org/fhir/sid/icd-10-cm', 'S52.521A'],
    ['http://hl7.org/fhir/sid/icd-10-cm', 'U07.1'],
    ['http://www.cms.gov/Medicare/Coding/ICD10', '0DTJ4ZZ'],
    ['http://www.ama-assn.org/go/cpt', '99213'],
    ['https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets', 'J1100'],
    ['http://hl7.org/fhir/sid/ndc', '0002-7597-01'],
    ['urn:oid:2.16.840.1.113883.6.238', '2106-3'],
    ['http://terminology.hl7.org/CodeSystem/condition-clinical', 'active'],
  ])('%s %s passes', (system, code) => expect(knownCode(system, code)).toEqual({ system, code }))

  it.each([
    [SNOMED, '73211008'],
    [SNOMED, '999773783'],
    [SNOMED, 'Wolf'],
    ['http://loinc.org', '8302-3'],
    ['http://www.nlm.nih.gov/research/umls/rxnorm', '5556101179'],
    ['http://hl7.org/fhir/sid/cvx', '1400'],
    ['http://hl7.org/fhir/sid/icd-10-cm', 'E11.9 Wolf'],
    ['http://hl7.org/fhir/sid/icd-10-cm', 'WOLF'],
    ['http://www.cms.gov/Medicare/Coding/ICD10', 'BRANDEN'],
    ['http://hl7.org/fhir/sid/ndc', '15556101179'],
    ['http://hl7.org/fhir/sid/ndc', '999-77-3783'],
    ['http://terminology.hl7.org/CodeSystem/condition-clinical', 'wolf'],
    ['http://hospital.example.org/codes', 'active'],
    ['', '73211009'],
  ])('%s %s does not', (system, code) => expect(knownCode(system, code)).toBeNull())

  it('an alias becomes the canonical system', () => {
    expect(knownCode('urn:oid:2.16.840.1.113883.6.96', '73211009')?.system).toBe(SNOMED)
  })

  it('property: no words are a code of any terminology', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...KNOWN_SYSTEMS),
        fc.stringMatching(/^[A-Za-z]{3,12} [A-Za-z' -]{1,12}$/),
        (system, text) => {
          expect(knownCode(system, text)).toBeNull()
        },
      ),
    )
  })
})

describe('units', () => {
  it.each(
    `mm[Hg] kg/m2 10*3/uL mg/dL % {score} mL/min/{1.73_m2} {beats}/min /min /[hpf] Cel [degF] [lb_av] ng/mL kU/L
     [iU]/L mmol/L m/s2 umol/L mo a ug/min 10*-6 meq/L mL/min`.split(/\s+/),
  )('%s is UCUM', (unit) => expect(knownUnit(unit)).toBe(unit))

  it.each([
    '{Wolf}',
    'mg{Wolf}',
    'Wolf',
    'm1234',
    '5556101179',
    'mg/Wolf',
    '10*5556',
    'mg.mg.mg.mg.mg.mg.mg',
    '',
    '{1.73_m2',
    'mg}',
  ])('%j is not', (unit) => expect(knownUnit(unit)).toBeNull())

  it('reads common spellings', () => {
    expect(knownUnit('Years')).toBe('a')
    expect(knownUnit('mmHg')).toBe('mm[Hg]')
    expect(knownUnit('(score)')).toBe('{score}')
  })
})

describe('states', () => {
  it('are known by code and by name in any case', () => {
    expect([stateCode('ma'), stateCode('Massachusetts'), stateCode(' new  york '), stateCode('PR')]).toEqual([
      'MA',
      'MA',
      'NY',
      'PR',
    ])
  })
  it.each(['Wolf', 'Bavaria', 'M', 'Mass. Wolf', ''])('%j is none', (state) =>
    expect(stateCode(state)).toBeNull(),
  )
})

describe('value sets', () => {
  it('every kept code field of the catalog has its value set, and no set is of another field', () => {
    const fields = FIELD_PATHS.filter((path) => {
      const field = fieldOf(path)
      return field?.safeHarbor === 'keep' && field.type === 'code'
    })
    expect([...STATUS_SETS.keys()].toSorted()).toEqual(fields.toSorted())
    for (const set of STATUS_SETS.values())
      for (const code of set) expect(code).toMatch(/^[a-z][a-z0-9-]{0,31}$/)
  })
})
