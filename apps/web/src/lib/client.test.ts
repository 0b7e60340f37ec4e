import { ExactNumber } from '@chartward/policy'
import { describe, expect, it } from 'vitest'
import { keepingDigits } from './client.ts'
import { quantityText } from './fhir/text.ts'

describe('an answer', () => {
  it('has its numbers with the digits that came over the wire, and the screen too', async () => {
    const body = '{"result":{"data":{"value":1.50,"unit":"mg","plain":1.5}}}'
    const { result } = (await keepingDigits(new Response(body)).json()) as { result: { data: unknown } }
    expect(result.data).toEqual({ value: new ExactNumber('1.50'), unit: 'mg', plain: 1.5 })
    expect(quantityText(result.data)).toBe('1.50 mg')
  })
})
