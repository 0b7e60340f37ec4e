import { parseExact } from '@chartward/policy'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { AsSent } from './as-sent.tsx'

describe('what was sent', () => {
  it('stands word for word and digit for digit, and what is masked stays so', () => {
    const json =
      '{"code":{"text":"Asthma (disorder)"},"valueQuantity":{"value":37.10,"unit":"Cel"},"note":{"masked":true,"mask":"hidden","shown":"x…","reason":"y"}}'
    const values = parseExact(json) as Record<string, unknown>
    const text = renderToStaticMarkup(createElement(AsSent, { values })).replaceAll('&quot;', '"')
    for (const part of ['Asthma (disorder)', '37.10', '"Cel"', '"note": "(masked)"'])
      expect(text).toContain(part)
    expect(text).not.toContain('x…')
  })
})
