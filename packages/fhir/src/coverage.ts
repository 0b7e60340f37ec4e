import { FIELD_CLASSES, type FieldClass, type ResourceType } from '@chartward/policy'
import { FhirError, type FhirErrorCode } from './errors.ts'
import type { FhirResource } from './json.ts'
import { ORDER, toRecord } from './map.ts'
import { planOf } from './plan.ts'
import { isKnownType } from './r4-types.ts'

/**
 * Of one resource type: how many resources, and how many of their leaves (single values) went to which
 * class.
 */
export interface TypeCoverage {
  readonly resources: number
  readonly leaves: number
  /** Leaves that no role can read: the class `unmapped`. */
  readonly unmapped: number
  readonly unmappedShare: number
  readonly byClass: Readonly<Partial<Record<FieldClass, number>>>
}

export interface CoverageReport {
  readonly resources: number
  readonly leaves: number
  readonly unmapped: number
  /** From 0 to 1, of the leaves of resources that are stored. */
  readonly unmappedShare: number
  readonly byType: Readonly<Record<string, TypeCoverage>>
  /** What is unmapped, the most frequent first, by type and element. */
  readonly unmappedElements: readonly { readonly element: string; readonly leaves: number }[]
  /** Resources of types of R4 that are not stored, by type. */
  readonly notStored: Readonly<Record<string, number>>
  /** Resources that would be refused, by reason. */
  readonly refused: Readonly<Partial<Record<FhirErrorCode, number>>>
}

/** Single values: an empty list or object holds none. */
const leavesOf = (value: unknown): number => {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + leavesOf(item), 0)
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce<number>((sum, item) => sum + leavesOf(item), 0)
}

/** An element's name may be one that the input made up: only those that R4 gives the type are repeated. */
const nameOf = (type: ResourceType, element: string): string => {
  const base = element.startsWith('_') ? element.slice(1) : element
  return planOf(type).has(base) ? `${type}.${element}` : `${type}: an element that R4 does not have`
}

const share = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)
const bump = <K>(counts: Map<K, number>, key: K, by = 1): unknown =>
  counts.set(key, (counts.get(key) ?? 0) + by)

/**
 * Counts what of FHIR resources the catalog has fields for, and what would be kept where no role reads it.
 * Holds names of the catalog and of R4, and numbers: nothing of the resources.
 */
export class Coverage {
  readonly #types = new Map<ResourceType, { resources: number; byClass: Map<FieldClass, number> }>()
  readonly #elements = new Map<string, number>()
  readonly #notStored = new Map<string, number>()
  readonly #refused = new Map<FhirErrorCode, number>()

  /** Throws nothing: a resource that would be refused is counted by its reason. */
  add(resource: FhirResource, fullUrl: string | null = null): void {
    try {
      const { type, fields } = toRecord(resource, fullUrl)
      const known = this.#types.get(type) ?? { resources: 0, byClass: new Map<FieldClass, number>() }
      this.#types.set(type, known)
      known.resources += 1
      for (const fieldClass of FIELD_CLASSES) {
        for (const [name, value] of Object.entries(fields[fieldClass] ?? {})) {
          if (name === ORDER) continue
          bump(known.byClass, fieldClass, leavesOf(value))
          if (fieldClass === 'unmapped') bump(this.#elements, nameOf(type, name), leavesOf(value))
        }
      }
    } catch (error) {
      if (!(error instanceof FhirError)) throw error
      this.refuse(error.code, resource.resourceType)
    }
  }

  /** Counts something that could not be read or would be refused. */
  refuse(code: FhirErrorCode, type: string | null = null): void {
    if (code === 'unsupported-type' && type !== null && isKnownType(type)) bump(this.#notStored, type)
    else bump(this.#refused, code)
  }

  report(): CoverageReport {
    const types = [...this.#types].map(([type, { resources, byClass }]): [ResourceType, TypeCoverage] => {
      const leaves = [...byClass.values()].reduce((sum, n) => sum + n, 0)
      const unmapped = byClass.get('unmapped') ?? 0
      return [
        type,
        {
          resources,
          leaves,
          unmapped,
          unmappedShare: share(unmapped, leaves),
          byClass: Object.fromEntries(byClass),
        },
      ]
    })
    const sum = (of: (type: TypeCoverage) => number) => types.reduce((total, [, type]) => total + of(type), 0)
    const [leaves, unmapped] = [sum((type) => type.leaves), sum((type) => type.unmapped)]
    return {
      resources: sum((type) => type.resources),
      leaves,
      unmapped,
      unmappedShare: share(unmapped, leaves),
      byType: Object.fromEntries(types.toSorted(([a], [b]) => (a < b ? -1 : 1))),
      unmappedElements: [...this.#elements]
        .map(([element, count]) => ({ element, leaves: count }))
        .toSorted((a, b) => b.leaves - a.leaves || (a.element < b.element ? -1 : 1)),
      notStored: Object.fromEntries([...this.#notStored].toSorted(([a], [b]) => (a < b ? -1 : 1))),
      refused: Object.fromEntries(this.#refused),
    }
  }
}
