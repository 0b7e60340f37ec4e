import { describe, expect, it } from 'vitest'
import { hiddenName, mrnEnd } from './patient-name.tsx'

describe('a patient whose name is hidden', () => {
  it('goes by the end of their MRN, or by nothing', () => {
    const mrn = [{ value: '9449 5053' }]
    expect(hiddenName({ name: [{ family: 'Lopez' }], mrn })).toBe('Patient …5053')
    expect(hiddenName({ name: [{ family: 'Lopez' }] })).toBe('Patient')
    expect(mrnEnd({ masked: true, mask: 'hidden', shown: '9449', reason: 'x' })).toBeNull()
  })
})
