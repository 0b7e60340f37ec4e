import { parseExact } from '@chartward/policy'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { FieldValue } from './field-value.tsx'

/** What stands on the screen for a value as it comes over the wire. */
const shown = (type: string, json: string, about?: unknown): string =>
  renderToStaticMarkup(createElement(FieldValue, { type, value: parseExact(json), about }))
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll(/\s+/g, ' ')
    .trim()

const HEART_RATE = { coding: [{ system: 'http://loinc.org', code: '8867-4' }] }

describe('a field on the screen', () => {
  it.each([
    ['Quantity', '{"value":0.004,"unit":"ug/L"}', '0.004 µg/L'],
    ['Quantity', '{"value":0.005,"unit":"m[IU]/L"}', '0.005 mIU/L'],
    ['Quantity', '{"value":1.50,"unit":"mg"}', '1.50 mg'],
    ['Quantity', '{"value":12345678901234567890,"code":"10*3/uL"}', '12,345,678,901,234,567,890 ×10³/µL'],
    ['Quantity', '{"value":0.010,"comparator":"<","unit":"ng/mL"}', '<0.010 ng/mL'],
    ['Quantity', '{"value":60,"comparator":">=","unit":"mL/min/{1.73_m2}"}', '>=60 mL/min/1.73 m²'],
    ['Quantity', '{"value":98.0,"unit":"%"}', '98.0%'],
    ['Quantity', '{"value":7,"unit":"{score}"}', '7'],
    ['integer', '1.0', '1.0'],
    ['Money', '{"value":12.5,"currency":"USD"}', '$12.50'],
    ['Money', '{"value":0.0045,"currency":"USD"}', '$0.0045'],
    ['Money', '{"value":12.50}', '12.50'],
    [
      'Complex',
      '{"low":{"value":3.50,"unit":"mmol/L"},"high":{"value":5.10,"unit":"mmol/L"}}',
      '3.50 to 5.10 mmol/L',
    ],
    ['Complex', '{"low":{"value":3.50,"unit":"mmol/L"}}', 'at least 3.50 mmol/L'],
    ['Complex', '{"numerator":{"value":1},"denominator":{"value":128}}', '1:128'],
    [
      'Complex',
      '{"numerator":{"value":250.0,"unit":"mg"},"denominator":{"value":5,"unit":"mL"}}',
      '250.0 mg / 5 mL',
    ],
    [
      'Component[]',
      '[{"code":{"text":"Lead"},"valueQuantity":{"value":0.010,"unit":"ug/dL"}}]',
      'Lead: 0.010 µg/dL',
    ],
  ])('%s %s reads %s', (type, json, expected) => {
    expect(shown(type, json)).toBe(expected)
  })

  it('says what a rate counts, where the code tells', () => {
    expect(shown('Quantity', '{"value":72,"unit":"/min"}', HEART_RATE)).toBe('72 beats/min')
    expect(shown('Quantity', '{"value":72,"unit":"/min"}')).toBe('72 /min')
  })

  it('lists the parts of sampled data with every digit', () => {
    const text = shown(
      'Complex',
      '{"origin":{"value":0.0,"unit":"mV"},"period":10.0,"dimensions":1,"data":"2041 E 2037"}',
    )
    for (const part of ['0.0 mV', '10.0', '2041 E 2037']) expect(text).toContain(part)
  })
})
