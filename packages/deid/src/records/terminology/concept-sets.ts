const HL7 = 'http://terminology.hl7.org/CodeSystem'
const US_CORE = 'http://hl7.org/fhir/us/core/CodeSystem'

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean))

export const ADMINISTRATIVE_GENDER = `${HL7}/v3-AdministrativeGender`
export const NULL_FLAVOR = `${HL7}/v3-NullFlavor`

/**
 * Code systems that are small enough to be carried whole, or in the part that FHIR R4 binds to the catalog's
 * elements (https://terminology.hl7.org, https://hl7.org/fhir/R4/valuesets.html). A code outside its set is
 * not released.
 */
export const CONCEPT_SETS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [ADMINISTRATIVE_GENDER, words('F M UN')],
  [NULL_FLAVOR, words('UNK ASKU OTH NI NA NASK MSK')],
  [`${HL7}/v3-MaritalStatus`, words('A D I L M C P S T U W')],
  [
    `${HL7}/v3-ActCode`,
    words(`AMB EMER FLD HH IMP ACUTE NONAC OBSENC PRENC SS VR EHCPOL HSAPOL AUTOPOL COL UNINSMOT PUBLICPOL DENTPRG
      DISEASEPRG CANPRG ENDRENAL HIVAIDS MANDPOL MENTPRG SAFNET SUBPRG SUBSIDIZ SUBSIDMC SUBSUPP WCBPOL DENTAL DISEASE
      DRUGPOL HIP LTC MCPOL POS HMO PPO MENTPOL SUBPOL VISPOL DIS EWB FLEXP LIFE ANNU TLIFE ULIFE PAY`),
  ],
  [
    `${HL7}/v3-ObservationInterpretation`,
    words(`B D U W A AA H HH HU L LL LU N E I S R NR NCL SDD SYN-R SYN-S EXP UNE IND NEG POS DET ND RR WR HX LX < >
      IE NS CAR OBX EX HM-R`),
  ],
  [`${HL7}/condition-clinical`, words('active recurrence relapse inactive remission resolved')],
  [
    `${HL7}/condition-ver-status`,
    words('unconfirmed provisional differential confirmed refuted entered-in-error'),
  ],
  [`${HL7}/condition-category`, words('problem-list-item encounter-diagnosis')],
  [`${US_CORE}/condition-category`, words('health-concern')],
  [`${HL7}/allergyintolerance-clinical`, words('active inactive resolved')],
  [`${HL7}/allergyintolerance-verification`, words('unconfirmed confirmed refuted entered-in-error')],
  [
    `${HL7}/observation-category`,
    words(`social-history vital-signs imaging laboratory procedure survey exam therapy activity`),
  ],
  [`${HL7}/medicationrequest-category`, words('inpatient outpatient community discharge')],
  [
    `${HL7}/v2-0074`,
    words(`AU BG BLB CG CH CP CT CTH CUS EC EN GE HM ICU IMG IMM LAB MB MCB MYC NMR NMS NRS OSL OT OTH OUS PAR PAT PF
      PHR PHY PT RAD RC RT RUS RX SP SR TX URN VR VUS XRC`),
  ],
  [`${US_CORE}/us-core-documentreference-category`, words('clinical-note')],
  [`${US_CORE}/careplan-category`, words('assess-plan')],
  [
    `${HL7}/goal-achievement`,
    words(
      `in-progress improving worsening no-change achieved sustaining not-achieved no-progress not-attainable`,
    ),
  ],
  [`${HL7}/goal-category`, words('dietary safety behavioral nursing physiotherapy')],
  [`${HL7}/subscriber-relationship`, words('child parent spouse common other self injured')],
  [`${HL7}/claim-type`, words('institutional oral pharmacy professional vision')],
  [`${HL7}/ex-claimsubtype`, words('ortho emergency')],
  [`${HL7}/processpriority`, words('stat normal deferred')],
  [`${HL7}/forms-codes`, words('1 2')],
])
