import { describe, expect, it } from 'vitest'
import { createScrubber } from './scrubber.ts'

const { scrub } = createScrubber()

/** Notes without anybody in them: nothing of them may go. */
const NOTES: readonly string[] = [
  'History of Type 2 diabetes mellitus, hypertension, Parkinson’s disease, Crohn’s disease, COPD and Graves’ disease.',
  'Blood pressure was 120/80, HR 88, RR 18, T 98.6 F, SpO2 96% on RA. Pain was rated 8/10. Strength 5/5.',
  'Troponin 0.8 ng/mL, WBC 12.3, Hgb 13.5, Plt 250, Na 138, K 4.2, Cl 101, CO2 24, BUN 18, Cr 1.1, HbA1c 7.2%.',
  'Lisinopril 10 mg PO daily, Metoprolol 25 mg BID, Atorvastatin 80 mg QHS, Plavix 75 mg, Lantus 20 units at bedtime.',
  'Foley catheter removed on hospital day 3. Glasgow Coma Scale 15. Babinski negative. Murphy sign absent. Allen test done.',
  'Lewy body dementia; Jackson-Pratt drain in place; Bell’s palsy resolved; Guillain-Barre syndrome excluded; Apgar 8 and 9.',
  'EKG showed ST elevations in II, III, aVF. Echocardiogram: EF 55%. CT Abdomen/Pelvis with contrast unremarkable.',
  'ICD-10: I21.19, E11.9. LOINC 4548-4. CPT 92928. SNOMED CT 44054006. RxNorm 860975. NDC 0093-1048-01.',
  'MRI lumbar spine: L4-L5 disc herniation, likely L5-S1. Vitamin D 2000 IU daily. INR 2.3. G2P1 at 38 weeks.',
  'Gram negative rods; E. coli, C. difficile, S. pneumoniae, H. pylori. SARS-CoV-2 and Influenza A negative. Group A Strep.',
  'NYHA Class III, Stage IV, Grade 3. Wells score 1.5. Visual acuity 20/40. Titer 1:160. 16 French catheter.',
  'Physical Therapy and Occupational Therapy consulted. Transferred to the Intensive Care Unit; Cardiology follows.',
  'Past Medical History: Coronary Artery Disease s/p CABG. Family History: Breast Cancer, Myocardial Infarction.',
  'Allergies: Penicillin (rash), Sulfa. Smokes 1/2 PPD. Tylenol prn. Given Tdap and Shingrix.',
  'HEENT: Normocephalic. Cardiovascular: Regular rate. Abdomen: Soft, nontender. Neuro: CN II-XII intact.',
  'Return to clinic in 4-6 weeks. Take 2 tablets every 8 hours for 10 days. Patient verbalized understanding.',
  'pt c/o cough x 3 days, lungs clear bilat, rx azithromycin 250 mg, f/u prn, no fever or chills',
  'ECHOCARDIOGRAM SHOWED EJECTION FRACTION OF 45%. CONTINUE METOPROLOL 50 MG BID FOR CORONARY ARTERY DISEASE.',
]

describe('clinical notes', () => {
  it.each(NOTES)('keep what is clinical: %s', (note) => {
    expect(scrub(note).text).toBe(note)
  })

  it('keep it beside what goes', () => {
    const note =
      'Dr. Venkataraman saw Siobhan Kerr-Doyle (MRN 00483921), a 75-year-old with Hodgkin lymphoma, on 11/02/2023: BP 132/84, Keppra 500 mg BID.'
    expect(scrub(note).text).toBe(
      '[TITLE] [NAME] saw [NAME] (MRN [ID]), a [AGE]-year-old with Hodgkin lymphoma, on [DATE]: BP 132/84, Keppra 500 mg BID.',
    )
  })

  it('give up an eponym that is somebody: Mr. Parkinson, Wilson’s daughter', () => {
    expect(scrub('Mr. Parkinson slept; then Wilson’s daughter called about his Wilson disease.').text).toBe(
      '[TITLE] [NAME] slept; then [NAME] daughter called about his Wilson disease.',
    )
  })
})
