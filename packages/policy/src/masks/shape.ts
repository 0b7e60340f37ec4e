/** An object that is no array, or null: values come from imported JSON, and a mask trusts no shape. */
export const asRecord = (value: unknown): Readonly<Record<string, unknown>> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null

/** The objects of a list; an empty list for anything else. */
export const recordsOf = (value: unknown): Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.map(asRecord).filter((item) => item !== null) : []

/** The entry a person goes by: not an old or temporary one (FHIR R4 `use`), the preferred use first. */
export const currentOf = (
  entries: readonly Readonly<Record<string, unknown>>[],
  preferredUse: string,
): Readonly<Record<string, unknown>> | null => {
  const current = entries.filter(({ use }) => use !== 'old' && use !== 'maiden' && use !== 'temp')
  return current.find(({ use }) => use === preferredUse) ?? current[0] ?? null
}

export const HIDDEN_PART = '•'
