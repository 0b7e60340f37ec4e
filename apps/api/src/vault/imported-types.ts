import { type Database, selectInScope } from '@chartward/db'
import type { PatientId, ResourceType } from '@chartward/policy'

/**
 * Of these types, those of which any record was imported of any patient of this one's source. Clear columns
 * alone are read, of all patients, and nothing but the types leaves: that a source sends allergies at all is
 * no fact of anybody. Each type stops at the first record; a type that was never sent costs a look at each
 * patient of the source.
 */
export const importedTypes = async (
  db: Database,
  patientId: PatientId,
  types: readonly ResourceType[],
): Promise<ReadonlySet<ResourceType>> => {
  if (types.length === 0) return new Set()
  const found = await selectInScope<{ type: ResourceType }>(
    db,
    'all',
    `select wanted.type from unnest($2::text[]) as wanted (type)
     cross join lateral (
       select 1 from patients p join records r on r.patient_id = p.id
       where p.source = (select source from patients where id = $1) and r.resource_type = wanted.type
       limit 1
     ) as sent`,
    [patientId, [...types]],
  )
  return new Set(found.map(({ type }) => type))
}
