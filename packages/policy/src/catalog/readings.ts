/**
 * How a record is to be taken:
 * - `said`: as it reads;
 * - `negated`: it says that something is not so, or is not to be done;
 * - `retracted`: it never was, or was taken back;
 * - `unknown`: something changes its meaning that this system does not understand.
 */
export type Standing = 'said' | 'negated' | 'retracted' | 'unknown'

/** What a value of a modifier element says. Whatever does not count as current has a word that says why. */
export interface Said {
  readonly standing: Standing
  readonly counts: boolean
  /**
   * Whether what is read is not so and is shown struck through. An order not to do something stands, and so
   * does that nothing is known: the words say it.
   */
  readonly struck: boolean
  /** In people's words; null where there is nothing to add to what is read anyway. */
  readonly words: string | null
}

/**
 * How a modifier element is read:
 * - `code`: a code, or any coding or the text of a concept; a value of none of these codes is not understood;
 * - `flag`: a boolean that says something where it has this value;
 * - `present`: that there is a value says it; a boolean `false` is none;
 * - `link`: a list of links to other records of the person, each with its type.
 */
export type Reading =
  | { readonly by: 'code' | 'link'; readonly says: Readonly<Record<string, Said>> }
  | { readonly by: 'flag'; readonly when: boolean; readonly said: Said }
  | { readonly by: 'present'; readonly said: Said }

export const AS_IT_READS: Said = Object.freeze({
  standing: 'said',
  counts: true,
  struck: false,
  words: null,
})

const said = (standing: Standing, counts: boolean, words: string | null, struck = false): Said =>
  Object.freeze({ standing, counts, struck, words })
const retracted = (words: string) => said('retracted', false, words, true)
/** Found not to be so, or not done. */
const negated = (words: string) => said('negated', false, words, true)
/** A statement that stands, and says no: not to be done, none there, nothing known. */
export const saysNo = (words: string) => said('negated', false, words)
/** So, but not (or not any more, or not yet) in force. */
const past = (words: string) => said('said', false, words)
const noted = (words: string) => said('said', true, words)

/**
 * What the codes of R4's status value sets say, the same in whatever type:
 * https://hl7.org/fhir/R4/terminologies-valuesets.html
 */
const CODES: Readonly<Record<string, Said>> = {
  'entered-in-error': retracted('Entered in error'),
  cancelled: retracted('Cancelled'),
  nullified: retracted('Nullified'),
  revoked: retracted('Revoked'),
  rejected: retracted('Rejected'),
  declined: retracted('Declined'),
  noshow: retracted('Did not come'),
  'not-done': negated('Not done'),
  'not-taken': negated('Not taken'),
  refuted: negated('Refuted'),
  unsatisfactory: past('Unsatisfactory'),
  unavailable: past('No longer there'),
  failed: past('Failed'),
  stopped: past('Stopped'),
  'on-hold': past('On hold'),
  suspended: past('Suspended'),
  inactive: past('Inactive'),
  resolved: past('Resolved'),
  remission: past('In remission'),
  superseded: past('Superseded'),
  draft: past('Draft'),
  proposed: past('Proposed'),
  planned: past('Planned'),
  intended: past('Intended'),
  preparation: past('In preparation'),
  registered: past('Registered, without a result'),
  waitlist: past('On the waiting list'),
  preliminary: noted('Preliminary'),
  partial: noted('Partial'),
  corrected: noted('Corrected'),
  unconfirmed: noted('Unconfirmed'),
  provisional: noted('Provisional'),
  differential: noted('One of several that are considered'),
  pending: noted('Pending'),
  unknown: noted('Status not known'),
  'health-unknown': noted('Health not known'),
  proposal: noted('A proposal, not an order'),
  plan: noted('A plan, not an order'),
  option: noted('One option of several'),
}

/** Finished and so over, as against finished and so a fact. */
export const OVER = { completed: past('Completed'), fulfilled: past('Took place') } as const

/**
 * A status of these codes, separated by spaces: each says what it says everywhere, or what `here` says that
 * it does in this type; the others read as they are.
 */
export const codes = (list: string, here: Readonly<Record<string, Said>> = {}): Reading => ({
  by: 'code',
  says: Object.freeze(
    Object.fromEntries(list.split(/\s+/).map((code) => [code, here[code] ?? CODES[code] ?? AS_IT_READS])),
  ),
})

/** Of a care plan, which is a plan and meant to be one. */
export const PLANNED = { plan: AS_IT_READS } as const

const REQUEST = 'draft active on-hold revoked completed entered-in-error unknown'

export const requestStatus = codes(REQUEST, OVER)
export const requestIntent = codes(
  'proposal plan directive order original-order reflex-order filler-order instance-order option',
)
export const resultStatus =
  'registered preliminary final amended corrected cancelled entered-in-error unknown'
export const financialStatus = codes('active cancelled draft entered-in-error')
export const eventStatus =
  'preparation in-progress not-done on-hold stopped completed entered-in-error unknown'

export const doNotPerform = (words: string): Reading => ({ by: 'flag', when: true, said: saysNo(words) })

/** A part of the record is not to be done, the whole is. */
export const partNotToBeDone: Reading = {
  by: 'flag',
  when: true,
  said: noted('Part of it is not to be done'),
}

export const partStatus: Reading = {
  by: 'code',
  says: Object.freeze({
    ...Object.fromEntries(
      'not-started scheduled in-progress on-hold completed stopped unknown'
        .split(' ')
        .map((code) => [code, AS_IT_READS]),
    ),
    cancelled: noted('Part of it is cancelled'),
    'entered-in-error': noted('Part of it was entered in error'),
  }),
}

/** A record that its source keeps and no longer uses. */
export const activeFlag: Reading = { by: 'flag', when: false, said: past('No longer in use') }

/** A record that its source has deleted: none of R4's elements, but what a history says of it. */
export const DELETED_AT_SOURCE = retracted('Deleted at the source')

/** A record whose upload was taken back: said by us, and by no source. */
export const WITHDRAWN_WITH_UPLOAD = retracted('Withdrawn with its upload')

export const deceased: Reading = { by: 'present', said: noted('Deceased') }

/** https://hl7.org/fhir/R4/valueset-link-type.html */
export const patientLink: Reading = {
  by: 'link',
  says: {
    'replaced-by': retracted('Replaced by another record of this person'),
    replaces: noted('Replaces another record of this person'),
    refer: past('What is known of this person stands in another record'),
    seealso: noted('There is another record of this person'),
  },
}

export const subpotent: Reading = { by: 'flag', when: true, said: past('Subpotent dose, may not protect') }

export const REFUSED = { rejected: negated('Refused') } as const

/** https://hl7.org/fhir/R4/valueset-consent-scope.html */
export const consentScope: Reading = {
  by: 'code',
  says: {
    adr: noted('Advance directive'),
    research: noted('About research'),
    'patient-privacy': noted('About privacy'),
    treatment: noted('About treatment'),
  },
}

/** Why an observation has no value: https://hl7.org/fhir/R4/valueset-data-absent-reason.html */
export const absentReason: Reading = {
  by: 'code',
  says: {
    'not-performed': negated('Not performed'),
    'not-permitted': past('No value: not permitted'),
    error: past('No value: an error'),
    'not-a-number': past('No value: not a number'),
    'negative-infinity': past('No value: below every number'),
    'positive-infinity': past('No value: above every number'),
    unsupported: past('No value: not supported by the source'),
    'as-text': noted('Its value is text'),
    masked: past('No value: masked by the source'),
    'not-applicable': past('No value: not applicable'),
    unknown: past('No value: not known'),
    'asked-unknown': past('No value: asked, and not known'),
    'temp-unknown': past('No value: not known yet'),
    'not-asked': past('No value: not asked'),
    'asked-declined': past('No value: asked, and declined'),
  },
}

export const abated: Reading = { by: 'present', said: past('Over') }
