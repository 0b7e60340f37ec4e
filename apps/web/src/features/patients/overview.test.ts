import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { overviewFacts, overviewTitle } from './overview-facts.tsx'
import { absenceText, besideTexts, type OverviewKey, type Section } from './overview-words.ts'
import type { RecordRow } from './record-columns.tsx'

const row = (
  type: RecordRow['type'],
  values: Record<string, unknown>,
  title: string | null = 'x',
): RecordRow => ({
  id: '0192f0c0-0000-7000-8000-00000000000a',
  type,
  version: 1,
  authoredAt: '2026-11-22T02:47:00.000Z',
  values,
  rest: null,
  title,
  names: [],
  meaning: { standing: 'said', words: [], counts: true, struck: false, labels: [] },
  untrusted: false,
  withheld: false,
})

const section = (of: Partial<Section>): Section => ({
  known: 'some',
  records: 0,
  withheld: 0,
  notUnderstood: 0,
  items: [],
  cut: false,
  untrusted: false,
  ...of,
})

const KEYS: readonly OverviewKey[] = ['allergies', 'problems', 'medication', 'vitals', 'visits', 'orders']

describe('what a part of the overview says where it has nothing to show', () => {
  it('is another sentence for what is not recorded, not imported and not the reader’s', () => {
    for (const key of KEYS) {
      const said = (['none', 'not-imported', 'not-yours'] as const).map((known) =>
        absenceText(key, section({ known })),
      )
      expect(said.map((text) => text?.split(':')[0])).toEqual([
        'None recorded',
        'Not imported',
        'Not yours to see',
      ])
    }
    expect(absenceText('allergies', section({ known: 'none' }))).toBe(
      'None recorded: the source has sent no allergies of this patient. Nobody has said that there are none.',
    )
  })

  it('is never that there is none where there are records: of how many none is shown, and what is withheld', () => {
    expect(absenceText('allergies', section({ records: 2 }))).toBe('No allergy in force among 2 records.')
    const mixed = section({ records: 3, withheld: 1 })
    expect(absenceText('problems', mixed)).toBe('No active problem among 2 records.')
    expect(besideTexts('problems', mixed)).toEqual([
      '1 record is withheld from you: its source restricts who may see it.',
    ])
    expect(absenceText('problems', section({ records: 2, withheld: 2 }))).toBeNull()
    expect(absenceText('problems', section({ records: 2, items: [row('Condition', {})] }))).toBeNull()
  })

  it('is nothing where what was stored is not there as it was: nobody can tell that there is none', () => {
    expect(absenceText('allergies', section({ records: 2, untrusted: true }))).toBeNull()
  })

  it('counts what is not understood and left out, and says that there may be more', () => {
    expect(besideTexts('medication', section({ notUnderstood: 2, cut: true }))).toEqual([
      '2 more are changed by something this system doesn’t understand, and not shown here: read them in the list.',
      'There may be more: the list has all.',
    ])
    expect(besideTexts('allergies', section({ notUnderstood: 1 }))).toEqual([])
  })
})

describe('what is seen of a record at a glance', () => {
  it('of a medication is its dosage in one line and when it was ordered', () => {
    const dosageInstruction = [
      {
        timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd' } },
        doseAndRate: [{ doseQuantity: { value: 5, unit: 'mg' } }],
      },
    ]
    const drug = row('MedicationRequest', { dosageInstruction, authoredOn: '2024-01-05T10:00:00Z' })
    expect(overviewFacts('medication', drug).more).toEqual(['5 mg, 2 times a day', 'ordered Jan 5, 2024'])
    const odd = row('MedicationRequest', { dosageInstruction: [{ timing: { strange: 1 } }] })
    expect(overviewFacts('medication', odd).more).toEqual(['Dosage in parts: open it'])
  })

  it('of a vital sign is its value in people’s units, and the time with its zone', () => {
    const temperature = row('Observation', {
      code: { coding: [{ system: 'http://loinc.org', code: '8310-5', display: 'Body temperature' }] },
      valueQuantity: { value: 37.1, unit: 'Cel' },
      effectiveDateTime: '2026-01-05T08:05:00-05:00',
    })
    expect(overviewTitle('vitals', temperature)).toBe('Temperature')
    expect(overviewFacts('vitals', temperature)).toEqual({
      main: '37.1 °C',
      more: ['Jan 5, 2026, 08:05 UTC−5'],
    })
  })

  it('of an allergy is how dangerous it is, in words', () => {
    const { main } = overviewFacts('allergies', row('AllergyIntolerance', { criticality: 'high' }))
    expect(renderToStaticMarkup(createElement('div', null, main))).toContain('High risk')
  })

  it('is never what is for terminologists, and never what is masked', () => {
    expect(overviewTitle('problems', row('Condition', {}, 'Asthma (disorder)'))).toBe('Asthma')
    expect(overviewTitle('problems', row('Condition', {}, null))).toBe('Open this condition')
    const masked = { masked: true, mask: 'year', shown: '2024', reason: 'x' }
    expect(overviewFacts('problems', row('Condition', { onsetDateTime: masked })).more).toEqual([])
  })
})
