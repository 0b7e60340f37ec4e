import { listOf, own } from '../../shared/json.ts'
import { zip3Of } from '../../shared/zip3.ts'
import type { Area, DeidValue } from '../record.ts'
import { isUnitedStates, stateCode } from '../terminology/states.ts'

const areaOf = (address: unknown): Area | null => {
  const country = own(address, 'country')
  // Outside the United States a postal code and a "state" may be an area of any size.
  if (country !== undefined && !(typeof country === 'string' && isUnitedStates(country))) return null
  const state = own(address, 'state')
  const postalCode = own(address, 'postalCode')
  const area = {
    state: typeof state === 'string' ? stateCode(state) : null,
    zip3: typeof postalCode === 'string' ? zip3Of(postalCode) : null,
  }
  return area.state === null && area.zip3 === null ? null : area
}

/** 45 CFR 164.514(b)(2)(i)(B): state, and the first three digits of the ZIP Code by the rule of `zip3Of`. */
export const releasableAreas = (value: unknown): DeidValue | null => {
  const areas = new Map<string, Area>()
  for (const address of listOf(value)) {
    const area = areaOf(address)
    if (area !== null) areas.set(`${area.state} ${area.zip3}`, area)
  }
  return areas.size > 0 ? { kind: 'areas', areas: [...areas.values()] } : null
}
