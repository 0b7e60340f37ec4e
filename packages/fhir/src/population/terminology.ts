export interface Coded {
  readonly system: string
  readonly code: string
  readonly display: string
}

const SNOMED = 'http://snomed.info/sct'
const LOINC = 'http://loinc.org'
const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm'
const CVX = 'http://hl7.org/fhir/sid/cvx'
const HL7 = 'http://terminology.hl7.org/CodeSystem'

export const snomed = (code: string, display: string): Coded => ({ system: SNOMED, code, display })
export const loinc = (code: string, display: string): Coded => ({ system: LOINC, code, display })
export const rxnorm = (code: string, display: string): Coded => ({ system: RXNORM, code, display })
export const cvx = (code: string, display: string): Coded => ({ system: CVX, code, display })
/** A code of one of HL7's own systems, by the system's name. */
export const hl7 = (system: string, code: string, display: string): Coded => ({
  system: `${HL7}/${system}`,
  code,
  display,
})

/** A CodeableConcept whose text is the code's display. */
export const concept = (coded: Coded) => ({ coding: [coded], text: coded.display })

export const VISIT_TYPES = {
  wellness: snomed('162673000', 'General examination of patient (procedure)'),
  child: snomed('410620009', 'Well child visit (procedure)'),
  followUp: snomed('390906007', 'Follow-up encounter (procedure)'),
  acute: snomed('185345009', 'Encounter for symptom (procedure)'),
  emergency: snomed('50849002', 'Emergency room admission (procedure)'),
} as const

export const VITALS = {
  height: loinc('8302-2', 'Body height'),
  weight: loinc('29463-7', 'Body weight'),
  bmi: loinc('39156-5', 'Body mass index (BMI) [Ratio]'),
  bloodPressure: loinc('85354-9', 'Blood pressure panel with all children optional'),
  systolic: loinc('8480-6', 'Systolic blood pressure'),
  diastolic: loinc('8462-4', 'Diastolic blood pressure'),
  heartRate: loinc('8867-4', 'Heart rate'),
  temperature: loinc('8310-5', 'Body temperature'),
  oxygen: loinc('59408-5', 'Oxygen saturation in Arterial blood by Pulse oximetry'),
  smoking: loinc('72166-2', 'Tobacco smoking status'),
} as const

export const SMOKING = {
  never: snomed('266919005', 'Never smoked tobacco'),
  former: snomed('8517006', 'Ex-smoker'),
  current: snomed('77176002', 'Smoker'),
} as const

export interface LabTest {
  readonly code: Coded
  readonly unit: string
  /** The unit's UCUM code. */
  readonly ucum: string
  readonly low: number
  readonly high: number
  readonly decimals: number
}

const labTest = (
  code: string,
  display: string,
  unit: string,
  [low, high]: readonly [number, number],
  decimals = 0,
  ucum = unit,
): LabTest => ({ code: loinc(code, display), unit, ucum, low, high, decimals })

export interface LabPanel {
  readonly code: Coded
  readonly tests: readonly LabTest[]
}

export const PANELS = {
  metabolic: {
    code: loinc('51990-0', 'Basic metabolic panel - Blood'),
    tests: [
      labTest('2339-0', 'Glucose [Mass/volume] in Blood', 'mg/dL', [70, 99]),
      labTest('6299-2', 'Urea nitrogen [Mass/volume] in Blood', 'mg/dL', [7, 20]),
      labTest('38483-4', 'Creatinine [Mass/volume] in Blood', 'mg/dL', [0.6, 1.2], 2),
      labTest('2947-0', 'Sodium [Moles/volume] in Blood', 'mmol/L', [136, 145]),
      labTest('6298-4', 'Potassium [Moles/volume] in Blood', 'mmol/L', [3.6, 5.1], 1),
      labTest('2069-3', 'Chloride [Moles/volume] in Blood', 'mmol/L', [98, 107]),
    ],
  },
  lipids: {
    code: loinc('57698-3', 'Lipid panel with direct LDL - Serum or Plasma'),
    tests: [
      labTest('2093-3', 'Cholesterol [Mass/volume] in Serum or Plasma', 'mg/dL', [140, 199]),
      labTest('2571-8', 'Triglyceride [Mass/volume] in Serum or Plasma', 'mg/dL', [60, 149]),
      labTest(
        '18262-6',
        'Cholesterol in LDL [Mass/volume] in Serum or Plasma by Direct assay',
        'mg/dL',
        [60, 129],
      ),
      labTest('2085-9', 'Cholesterol in HDL [Mass/volume] in Serum or Plasma', 'mg/dL', [40, 75]),
    ],
  },
  bloodCount: {
    code: loinc('58410-2', 'CBC panel - Blood by Automated count'),
    tests: [
      labTest('6690-2', 'Leukocytes [#/volume] in Blood by Automated count', '10*3/uL', [4.5, 11], 1),
      labTest('789-8', 'Erythrocytes [#/volume] in Blood by Automated count', '10*6/uL', [4.2, 5.6], 2),
      labTest('718-7', 'Hemoglobin [Mass/volume] in Blood', 'g/dL', [12.5, 16.8], 1),
      labTest('4544-3', 'Hematocrit [Volume Fraction] of Blood by Automated count', '%', [37, 49], 1),
      labTest('777-3', 'Platelets [#/volume] in Blood by Automated count', '10*3/uL', [150, 400]),
    ],
  },
} as const satisfies Record<string, LabPanel>

export const HEMOGLOBIN_A1C = labTest(
  '4548-4',
  'Hemoglobin A1c/Hemoglobin.total in Blood',
  '%',
  [4.6, 5.6],
  1,
)
export const TSH = labTest(
  '3016-3',
  'Thyrotropin [Units/volume] in Serum or Plasma',
  'm[IU]/L',
  [0.4, 4.2],
  2,
)

export const PROCEDURES = {
  reconciliation: snomed('430193006', 'Medication reconciliation (procedure)'),
  depressionScreening: snomed('171207006', 'Depression screening (procedure)'),
  colonoscopy: snomed('73761001', 'Colonoscopy (procedure)'),
  mammography: snomed('71651007', 'Mammography (procedure)'),
  electrocardiogram: snomed('29303009', 'Electrocardiographic procedure (procedure)'),
  spirometry: snomed('127783003', 'Spirometry (procedure)'),
  chestXray: snomed('399208008', 'Plain X-ray of chest (procedure)'),
  throatCulture: snomed('117015009', 'Throat culture (procedure)'),
} as const

export const VACCINES = {
  influenza: cvx('140', 'Influenza, seasonal, injectable, preservative free'),
  tdap: cvx('115', 'Tdap'),
  zoster: cvx('187', 'zoster recombinant'),
  pneumococcal: cvx('133', 'Pneumococcal conjugate PCV 13'),
  dtap: cvx('20', 'DTaP'),
  polio: cvx('10', 'IPV'),
  mmr: cvx('03', 'MMR'),
  varicella: cvx('21', 'varicella'),
  hpv: cvx('165', 'HPV9'),
  meningococcal: cvx('114', 'meningococcal MCV4P'),
} as const

export const NOTE_TYPE = loinc('11506-3', 'Progress note')

export const ALLERGIES: readonly {
  readonly code: Coded
  readonly category: 'medication' | 'food' | 'environment'
  readonly reaction: Coded
}[] = [
  {
    code: snomed('91936005', 'Allergy to penicillin (finding)'),
    category: 'medication',
    reaction: snomed('271807003', 'Eruption of skin (disorder)'),
  },
  {
    code: snomed('91935009', 'Allergy to peanut (finding)'),
    category: 'food',
    reaction: snomed('39579001', 'Anaphylaxis (disorder)'),
  },
  {
    code: snomed('418689008', 'Allergy to grass pollen (finding)'),
    category: 'environment',
    reaction: snomed('61582004', 'Allergic rhinitis (disorder)'),
  },
  {
    code: snomed('300913006', 'Allergy to shellfish (finding)'),
    category: 'food',
    reaction: snomed('126485001', 'Urticaria (disorder)'),
  },
  {
    code: snomed('419474003', 'Allergy to mold (finding)'),
    category: 'environment',
    reaction: snomed('267036007', 'Dyspnea (finding)'),
  },
]
