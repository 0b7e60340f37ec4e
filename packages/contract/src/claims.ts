import * as z from 'zod/mini'
import { count, id, patientId, recordId, typed } from './forms.ts'
import { patientRow } from './patients.ts'
import { meaning } from './records.ts'
import { areFieldsOf, values } from './values.ts'

/** As many claims as one search opens, the ones imported last: more are counted, and the answer says so. */
export const MOST_CLAIMS_OPENED = 2000
/** As many as one answer shows, newest service first. */
export const MOST_CLAIMS_SHOWN = 100

/** FHIR's states of a claim (http://hl7.org/fhir/fm-status), and of what a payer did with it. */
export const claimStatus = z.enum(['active', 'cancelled', 'draft', 'entered-in-error'])
export const claimOutcome = z.enum(['queued', 'complete', 'error', 'partial'])

/** What finds claims; amounts and states only filter what that finds. */
const FINDS = ['number', 'payer', 'month', 'mrn'] as const

const words = typed(1, 100).check(z.trim(), z.minLength(1))

/** An amount of money in its digits, which no double holds in between. */
const amount = typed(1, 20).check(
  z.refine((value) => /^\d{1,12}(\.\d{1,4})?$/.test(value), {
    params: { says: 'type an amount such as 125 or 125.50.' },
  }),
)

export const searchClaimsInput = z
  .strictObject({
    /** The whole number, as the provider or the payer gave it. */
    number: z.optional(words),
    /** The whole name or number of whom it was sent to, as the claim has it. */
    payer: z.optional(words),
    /** A month in which something billed was done, `2026-03`. */
    month: z.optional(
      typed(7, 7).check(
        z.refine((value) => /^\d{4}-(0[1-9]|1[0-2])$/.test(value), {
          params: { says: 'choose a year and a month.' },
        }),
      ),
    ),
    /** The whole medical record number of the patient. */
    mrn: z.optional(words),
    atLeast: z.optional(amount),
    atMost: z.optional(amount),
    status: z.optional(claimStatus),
    /** Those that a payer has explained so. */
    outcome: z.optional(claimOutcome),
  })
  .check(
    z.refine((input) => FINDS.some((key) => input[key] !== undefined), {
      path: ['number'],
      params: { says: 'a search needs a claim number, a payer, a month of service or an MRN.' },
    }),
  )

/** What is shown of a claim in a list, and of what came of it: fields of its type and no others. */
const claim = z
  .strictObject({
    id,
    type: z.enum(['Claim', 'ExplanationOfBenefit', 'ClaimResponse']),
    values,
    /** Whom it was sent to, in one line; null where the claim does not say. */
    payer: z.nullable(z.string()),
    meaning,
    untrusted: z.boolean(),
  })
  .check(z.refine((one) => areFieldsOf(one.type, one.values), { path: ['values'] }))

export const searchClaimsOutput = z.strictObject({
  items: z.array(
    z.strictObject({
      patient: patientRow,
      claim,
      /** What payers have answered to a claim. */
      answers: z.array(claim),
      /** There are more answers to the claims of this list than were opened: some may be missing here. */
      answersCut: z.boolean(),
    }),
  ),
  /** How many match, of those that were opened. */
  matching: count,
  /** How many were found by number, payer, month and MRN, before anything was opened. */
  candidates: count,
  /** How many of those were opened: where it is less, older ones may match too. */
  opened: count,
  /** Not every organization of the directory was looked at for the payer's name. */
  payersCut: z.boolean(),
})

export const claimLinksInput = z.strictObject({ patientId, id: recordId })

/** What a claim refers to, or what refers to it, and whether its reader can open that. */
export const claimLinksOutput = z.strictObject({
  items: z.array(
    z.strictObject({
      kind: z.enum(['coverage', 'diagnosis', 'claim', 'answer']),
      /**
       * `unclear`: it says in no way what can be followed to one record. Where it is `not-yours` it is not
       * said whether the record is there.
       */
      state: z.enum(['here', 'not-yours', 'not-imported', 'unclear']),
      /** The record, where it is here. */
      record: z.nullable(z.strictObject({ id, type: z.string() })),
      /** The words of the reference itself. */
      words: z.nullable(z.string()),
    }),
  ),
})

export type SearchClaimsInput = z.output<typeof searchClaimsInput>
export type SearchClaimsOutput = z.output<typeof searchClaimsOutput>
export type FoundClaim = SearchClaimsOutput['items'][number]
export type ClaimView = FoundClaim['claim']
export type ClaimStatus = z.output<typeof claimStatus>
export type ClaimOutcome = z.output<typeof claimOutcome>
export type ClaimLinksInput = z.output<typeof claimLinksInput>
export type ClaimLinksOutput = z.output<typeof claimLinksOutput>
export type ClaimLink = ClaimLinksOutput['items'][number]
