import { type Coded, rxnorm, snomed } from './terminology.ts'

export interface Ailment {
  readonly key: string
  readonly code: Coded
  /** As it stands in a sentence of a note. */
  readonly words: string
  readonly drug: Coded | null
  /** What is done about it besides drugs, for the care plan. */
  readonly plan: { readonly code: Coded; readonly activity: Coded; readonly goal: string } | null
}

export interface LastingAilment extends Ailment {
  /** The share of people who have it, at 20, 40, 60 and 80 years of age; read between them as a line. */
  readonly prevalence: readonly [number, number, number, number]
}

/**
 * Conditions that stay. Prevalences are rounded from what surveys of US adults find: plausible,
 * not epidemiology.
 */
export const CHRONIC: readonly LastingAilment[] = [
  {
    key: 'hypertension',
    code: snomed('59621000', 'Essential hypertension (disorder)'),
    words: 'high blood pressure',
    prevalence: [0.03, 0.2, 0.5, 0.7],
    drug: rxnorm('197361', 'Amlodipine 5 MG Oral Tablet'),
    plan: {
      code: snomed('443402002', 'Lifestyle education regarding hypertension (procedure)'),
      activity: snomed('183301007', 'Physical exercises (regime/therapy)'),
      goal: 'Blood pressure below 130/80 mmHg',
    },
  },
  {
    key: 'diabetes',
    code: snomed('44054006', 'Diabetes mellitus type 2 (disorder)'),
    words: 'type 2 diabetes',
    prevalence: [0.01, 0.06, 0.18, 0.24],
    drug: rxnorm('860975', '24 HR Metformin hydrochloride 500 MG Extended Release Oral Tablet'),
    plan: {
      code: snomed('698360004', 'Diabetes self management plan (record artifact)'),
      activity: snomed('160670007', 'Diabetic diet (finding)'),
      goal: 'Hemoglobin A1c below 7 percent',
    },
  },
  {
    key: 'hyperlipidemia',
    code: snomed('55822004', 'Hyperlipidemia (disorder)'),
    words: 'high cholesterol',
    prevalence: [0.02, 0.15, 0.4, 0.45],
    drug: rxnorm('312961', 'Simvastatin 20 MG Oral Tablet'),
    plan: null,
  },
  {
    key: 'asthma',
    code: snomed('195967001', 'Asthma (disorder)'),
    words: 'asthma',
    prevalence: [0.1, 0.08, 0.07, 0.06],
    drug: rxnorm('745679', '200 ACTUAT Albuterol 0.09 MG/ACTUAT Metered Dose Inhaler'),
    plan: {
      code: snomed('699728000', 'Asthma self management (regime/therapy)'),
      activity: snomed('371605008', 'Deep breathing and coughing exercises (regime/therapy)'),
      goal: 'No more than two days with symptoms a week',
    },
  },
  {
    key: 'depression',
    code: snomed('370143000', 'Major depressive disorder (disorder)'),
    words: 'depression',
    prevalence: [0.1, 0.09, 0.08, 0.05],
    drug: rxnorm('312938', 'Sertraline 100 MG Oral Tablet'),
    plan: null,
  },
  {
    key: 'obesity',
    code: snomed('414916001', 'Obesity (disorder)'),
    words: 'obesity',
    prevalence: [0.2, 0.35, 0.38, 0.25],
    drug: null,
    plan: null,
  },
  {
    key: 'arthritis',
    code: snomed('239873007', 'Osteoarthritis of knee (disorder)'),
    words: 'osteoarthritis of the knee',
    prevalence: [0.01, 0.05, 0.2, 0.35],
    drug: rxnorm('313782', 'Acetaminophen 325 MG Oral Tablet'),
    plan: null,
  },
  {
    key: 'hypothyroidism',
    code: snomed('40930008', 'Hypothyroidism (disorder)'),
    words: 'an underactive thyroid',
    prevalence: [0.01, 0.04, 0.07, 0.1],
    drug: rxnorm('966221', 'Levothyroxine Sodium 0.05 MG Oral Tablet'),
    plan: null,
  },
  {
    key: 'reflux',
    code: snomed('235595009', 'Gastroesophageal reflux disease (disorder)'),
    words: 'acid reflux',
    prevalence: [0.04, 0.1, 0.15, 0.18],
    drug: rxnorm('198051', 'Omeprazole 20 MG Delayed Release Oral Capsule'),
    plan: null,
  },
  {
    key: 'copd',
    code: snomed('13645005', 'Chronic obstructive lung disease (disorder)'),
    words: 'COPD',
    prevalence: [0, 0.02, 0.08, 0.12],
    drug: rxnorm('745679', '200 ACTUAT Albuterol 0.09 MG/ACTUAT Metered Dose Inhaler'),
    plan: null,
  },
  {
    key: 'fibrillation',
    code: snomed('49436004', 'Atrial fibrillation (disorder)'),
    words: 'atrial fibrillation',
    prevalence: [0, 0.005, 0.03, 0.11],
    drug: rxnorm('855332', 'Warfarin Sodium 5 MG Oral Tablet'),
    plan: null,
  },
  {
    key: 'dementia',
    code: snomed('26929004', "Alzheimer's disease (disorder)"),
    words: 'memory loss of the Alzheimer type',
    prevalence: [0, 0, 0.01, 0.12],
    drug: rxnorm('310436', 'Galantamine 4 MG Oral Tablet'),
    plan: null,
  },
]

const acute = (key: string, code: Coded, words: string, drug: Coded | null): Ailment => ({
  key,
  code,
  words,
  drug,
  plan: null,
})

/** Conditions that pass within weeks. */
export const ACUTE: readonly Ailment[] = [
  acute('sinusitis', snomed('444814009', 'Viral sinusitis (disorder)'), 'sinus pain and a runny nose', null),
  acute('pharyngitis', snomed('195662009', 'Acute viral pharyngitis (disorder)'), 'a sore throat', null),
  acute(
    'bronchitis',
    snomed('10509002', 'Acute bronchitis (disorder)'),
    'a cough that will not go away',
    rxnorm('313782', 'Acetaminophen 325 MG Oral Tablet'),
  ),
  acute(
    'strep',
    snomed('43878008', 'Streptococcal sore throat (disorder)'),
    'fever and trouble swallowing',
    rxnorm('834102', 'Penicillin V Potassium 500 MG Oral Tablet'),
  ),
  acute(
    'cystitis',
    snomed('68566005', 'Urinary tract infectious disease (disorder)'),
    'burning when passing urine',
    rxnorm('562251', 'Amoxicillin 250 MG / Clavulanate 125 MG Oral Tablet'),
  ),
  acute(
    'sprain',
    snomed('44465007', 'Sprain of ankle (disorder)'),
    'a twisted ankle',
    rxnorm('310965', 'Ibuprofen 200 MG Oral Tablet'),
  ),
  acute(
    'backPain',
    snomed('279039007', 'Low back pain (finding)'),
    'low back pain',
    rxnorm('849574', 'Naproxen sodium 220 MG Oral Tablet'),
  ),
  acute('gastroenteritis', snomed('25374005', 'Gastroenteritis (disorder)'), 'vomiting and diarrhea', null),
]

export const INJURIES: readonly Ailment[] = [
  acute(
    'concussion',
    snomed('62106007', 'Concussion with no loss of consciousness (disorder)'),
    'a blow to the head',
    null,
  ),
  acute(
    'laceration',
    snomed('283371005', 'Laceration of forearm (disorder)'),
    'a deep cut of the forearm',
    null,
  ),
  acute('chestPain', snomed('29857009', 'Chest pain (finding)'), 'pressure in the chest', null),
]

export const prevalenceAt = ({ prevalence }: LastingAilment, age: number): number => {
  const place = Math.min(Math.max((age - 20) / 20, 0), 3)
  const from = Math.min(Math.floor(place), 2)
  const [low = 0, high = 0] = prevalence.slice(from, from + 2)
  // Children have few of these; asthma is what they do have, and it needs no other line.
  return (age < 18 ? 0.3 : 1) * (low + (high - low) * (place - from))
}
