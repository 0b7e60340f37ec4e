export type NeedleKind =
  | 'name'
  | 'mrn'
  | 'ssn'
  | 'identifier'
  | 'street'
  | 'city'
  | 'zip'
  | 'phone'
  | 'email'
  | 'url'
  | 'date'
  | 'id'

/** A value of the source that may not stand in a release. PHI: never logged, never part of a finding. */
export interface Needle {
  readonly kind: NeedleKind
  readonly value: string
}

/**
 * What a value of a release is to the verifier:
 * - `closed`: exactly a word that the standard allows in this place; it says nothing else, whoever bears
 *   that name;
 * - `id`: a UUID, perhaps with its type before it; only ids are looked for in it;
 * - `code`: one code, unit or number; a needle must be the whole of it or a word of it;
 * - `text`: anything else; every needle is looked for anywhere in it.
 */
export type ValueKind = 'closed' | 'id' | 'code' | 'text'
