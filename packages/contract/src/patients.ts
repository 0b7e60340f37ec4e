import { RESOURCE_TYPES } from '@chartward/policy'
import * as z from 'zod/mini'
import { count, id, instant, patientId, typed } from './forms.ts'
import { meaning, names } from './records.ts'
import { areFieldsOf, fieldPath, rest, values } from './values.ts'
import { careKind, patientOrder, searchedBy } from './words.ts'

/**
 * A patient in a list: what the Scope shows of the Patient resource, and the reader's own
 * relationship, if any.
 */
export const patientRow = z
  .strictObject({
    id,
    values,
    relationship: z.nullable(
      z.strictObject({
        kind: careKind,
        startsAt: instant,
        endsAt: z.nullable(instant),
        /** On the day of the reader's last encounter with the patient, else when the relationship began. */
        lastContact: instant,
      }),
    ),
    meaning,
    untrusted: z.boolean(),
    /** The patient's own record is labelled, and no role of the reader names the label. */
    withheld: z.boolean(),
  })
  .check(z.refine((row) => areFieldsOf('Patient', row.values), { path: ['values'] }))

/** Where a page of patients ended: in which order, when the last contact was (ms), after whom. No name. */
const patientPlace = z
  .string()
  .check(z.regex(/^(last-contact\.-?\d{1,16}|name)\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/))

export const listMyPatientsInput = z.strictObject({
  cursor: z.optional(patientPlace),
  order: z.optional(patientOrder),
})
export const listMyPatientsOutput = z.strictObject({
  items: z.array(patientRow),
  nextCursor: z.nullable(patientPlace),
  /** By last contact also where names were asked for and can't be an order: see `whyNotByName`. */
  order: patientOrder,
  /** Why the list is not by name though that was asked for; null where it is as asked. */
  whyNotByName: z.nullable(z.enum(['not-permitted', 'too-many'])),
})

/** What a search by name takes, told before it is tried and when it was too little. */
export const NAME_SEARCH_NEEDS =
  'Type at least three letters of any part of the name, or a whole part of two; in Chinese, Japanese and Korean one character is enough.'

export const searchPatientsInput = z.strictObject({
  by: searchedBy,
  text: typed(1, 100).check(z.trim(), z.minLength(1)),
})
export const searchPatientsOutput = z.strictObject({ items: z.array(patientRow), truncated: z.boolean() })

export const getPatientInput = z.strictObject({ id: patientId })
export const getPatientOutput = z
  .strictObject({
    id,
    values,
    rest: z.nullable(rest),
    untrusted: z.boolean(),
    shown: z.array(fieldPath),
    masked: z.array(fieldPath),
    /** How many records there are of each type that the reader may see anything of. */
    counts: z.partialRecord(z.enum(RESOURCE_TYPES), count),
    /** Of those, the ones that count as current; left out for a type whose index shows the reader nothing. */
    current: z.partialRecord(z.enum(RESOURCE_TYPES), count),
    /** The types whose index does not fit their records: what it says of them can't be relied on. */
    untrustedTypes: z.array(z.enum(RESOURCE_TYPES)),
    /** How many consents in force forbid something. Nothing here enforces them. */
    restrictingConsents: count,
    names,
    meaning,
    searchable: z.array(fieldPath),
  })
  .check(z.refine((chart) => areFieldsOf('Patient', chart.values), { path: ['values'] }))

export type PatientRow = z.output<typeof patientRow>
export type ListMyPatientsInput = z.output<typeof listMyPatientsInput>
export type ListMyPatientsOutput = z.output<typeof listMyPatientsOutput>
export type SearchPatientsInput = z.output<typeof searchPatientsInput>
export type SearchPatientsOutput = z.output<typeof searchPatientsOutput>
export type GetPatientInput = z.output<typeof getPatientInput>
export type GetPatientOutput = z.output<typeof getPatientOutput>
