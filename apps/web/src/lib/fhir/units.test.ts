import { describe, expect, it } from 'vitest'
import { ucumText, unitText } from './units.ts'

describe('a unit', () => {
  it.each([
    ['Cel', '°C'],
    ['[degF]', '°F'],
    ['mm[Hg]', 'mmHg'],
    ['cm[H2O]', 'cmH₂O'],
    ['mg/dL', 'mg/dL'],
    ['ug/L', 'µg/L'],
    ['ug', 'µg'],
    ['umol/L', 'µmol/L'],
    ['10*3/uL', '×10³/µL'],
    ['10^9/L', '×10⁹/L'],
    ['10*-6', '×10⁻⁶'],
    ['kg/m2', 'kg/m²'],
    ['m/s2', 'm/s²'],
    ['m.s-1', 'm·s⁻¹'],
    ['m[IU]/L', 'mIU/L'],
    ['u[IU]/mL', 'µIU/mL'],
    ['/min', '/min'],
    ['{beats}/min', 'beats/min'],
    ['mL/min/{1.73_m2}', 'mL/min/1.73 m²'],
    ['/[HPF]', '/HPF'],
    ['[in_i]', 'in'],
    ['[lb_av]', 'lb'],
    ['[foz_us]', 'fl oz'],
    ['%', '%'],
    ['%{saturation}', '% saturation'],
    ['mmol/mol{creat}', 'mmol/mol creat'],
    ['{tablet}', 'tablet'],
    ['{INR}', 'INR'],
    ['{score}', ''],
    ['{#}/a', '/yr'],
    ['1', ''],
    ['1/d', '/d'],
    ['g.m', 'g·m'],
    ['kg/(8.h)', null],
    ['beats/minute', null],
    ['mmHg', null],
    ['tablets', null],
    ['furlong', null],
    ['{unclosed', null],
    ['un}opened', null],
    ['', null],
  ])('%s in words is %s', (unit, expected) => {
    expect(ucumText(unit)).toBe(expected)
  })

  it('that is not known stands as it was sent', () => {
    for (const unit of ['beats/minute', '(score)', 'mmHg', 'Tablet(s)', '{unclosed', '[fancy]', 'kg/(8.h)'])
      expect(unitText(unit, 'x')).toBe(unit)
  })

  it('is what the source shows, else its code', () => {
    expect(unitText('milligram per deciliter', 'mg/dL')).toBe('milligram per deciliter')
    expect(unitText('mm[Hg]', 'mm[Hg]')).toBe('mmHg')
    expect(unitText(null, '[degF]')).toBe('°F')
    expect(unitText(null, null)).toBeNull()
  })

  it('of a rate says what is counted', () => {
    expect(unitText('/min', '/min', '8867-4')).toBe('beats/min')
    expect(unitText(null, '/min', '9279-1')).toBe('breaths/min')
    expect(unitText('/min', '/min', '1234-5')).toBe('/min')
    expect(unitText('bpm', '/min', '8867-4')).toBe('bpm')
  })
})
