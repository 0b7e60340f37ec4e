import { describe, expect, it } from 'vitest'
import { referencesIn } from './references-in.ts'

const urn = (end: string) => ({ reference: `urn:uuid:0193521b-7c00-7aaa-8aaa-00000000${end}` })

describe('a reference that says no type', () => {
  it('means a record of the patient where its element does, and is not looked for in the directory', () => {
    const values = {
      insurance: [{ sequence: 1, coverage: urn('0001') }],
      item: [{ encounter: [urn('0002')] }],
      diagnosis: [{ diagnosisReference: urn('0003') }],
      claim: urn('0004'),
    }
    expect(referencesIn('ExplanationOfBenefit', values)).toEqual([])
  })

  it('may mean anything of the directory elsewhere', () => {
    expect(referencesIn('Claim', { insurer: urn('0005') })).toMatchObject([
      { reference: urn('0005').reference, types: expect.arrayContaining(['Organization']) },
    ])
  })
})
