import type { FhirResource, JsonObject } from '../json.ts'
import { type Doctor, TEST_DATA } from './directory.ts'
import type { Person } from './people.ts'
import type { Prng } from './prng.ts'
import type { Coded, VISIT_TYPES } from './terminology.ts'
import { dateTime } from './time.ts'

export interface Reference {
  readonly reference: string
  readonly display?: string
}

export interface Visit {
  readonly kind: keyof typeof VISIT_TYPES
  readonly encounter: Reference
  readonly start: number
  readonly end: number
  readonly doctor: Doctor
}

/** What was done at a visit, for the bill: a code and a price in cents. */
export interface BillLine {
  readonly code: Coded
  readonly cents: number
}

export const toDoctor = (doctor: Doctor): Reference => ({
  reference: `urn:uuid:${doctor.id}`,
  display: doctor.name,
})

export const periodOf = (visit: Visit): JsonObject => ({
  start: dateTime(visit.start),
  end: dateTime(visit.end),
})

/**
 * The records of one patient while they are being made, each with an id of its own and the
 * patient's reference.
 */
export class Chart {
  readonly person: Person
  readonly prng: Prng
  /** The time that the chart is written as of: nothing but an appointment lies after it. */
  readonly asOf: number
  readonly resources: FhirResource[] = []
  /** The doctors who appear in it. */
  readonly doctors = new Set<Doctor>()

  constructor(person: Person, prng: Prng, asOf: number) {
    this.person = person
    this.prng = prng
    this.asOf = asOf
  }

  /** A chart of the same person, drawn by another generator: what it holds changes nothing in this one. */
  forked(prng: Prng): Chart {
    return new Chart(this.person, prng, this.asOf)
  }

  get patient(): Reference {
    return { reference: `urn:uuid:${this.person.id}` }
  }

  /**
   * Adds a resource and gives the reference by which others name it. `patientElement` names the
   * patient in it.
   */
  add(
    resourceType: string,
    patientElement: 'subject' | 'patient' | 'beneficiary' | 'for' | null,
    body: JsonObject,
  ): Reference {
    const id = this.prng.uuid()
    this.resources.push({
      resourceType,
      id,
      meta: TEST_DATA,
      ...(patientElement === null ? {} : { [patientElement]: this.patient }),
      ...body,
    })
    return { reference: `urn:uuid:${id}` }
  }
}
