import type { JsonObject } from '../json.ts'
import type { Prng } from './prng.ts'

export interface Place {
  readonly city: string
  readonly state: string
  readonly zips: readonly string[]
  readonly areaCode: string
  /** How many of a hundred or so patients live here: most near the clinic, some elsewhere. */
  readonly weight: number
}

const place = (city: string, state: string, zips: string, areaCode: string, weight: number): Place => ({
  city,
  state,
  zips: zips.split(' '),
  areaCode,
  weight,
})

/**
 * Cities with ZIP codes and telephone area codes of their own (public reference facts). The last eight lie in
 * three-digit ZIP areas where 20,000 people or fewer live (2020 Census), or near that: a Safe Harbor export
 * has to treat them apart (45 CFR 164.514(b)(2)(i)(B)).
 */
export const PLACES: readonly Place[] = [
  place('Worcester', 'MA', '01602 01603 01605 01609', '508', 18),
  place('Boston', 'MA', '02118 02119 02124 02130', '617', 14),
  place('Springfield', 'MA', '01104 01108 01109', '413', 8),
  place('Framingham', 'MA', '01701 01702', '508', 8),
  place('Lowell', 'MA', '01850 01851 01854', '978', 7),
  place('Quincy', 'MA', '02169 02170', '617', 6),
  place('Providence', 'RI', '02904 02906 02908', '401', 5),
  place('Manchester', 'NH', '03102 03103 03104', '603', 4),
  place('Portland', 'ME', '04101 04102 04103', '207', 3),
  place('Hartford', 'CT', '06105 06106 06114', '860', 4),
  place('Burlington', 'VT', '05401 05408', '802', 2),
  place('Albany', 'NY', '12203 12208', '518', 2),
  place('Rochester', 'NY', '14607 14620', '585', 1),
  place('Philadelphia', 'PA', '19103 19104 19147', '215', 2),
  place('Pittsburgh', 'PA', '15213 15217', '412', 1),
  place('Baltimore', 'MD', '21211 21218', '410', 1),
  place('Charlotte', 'NC', '28203 28205', '704', 1),
  place('Atlanta', 'GA', '30307 30312', '404', 1),
  place('Tampa', 'FL', '33606 33609', '813', 2),
  place('Columbus', 'OH', '43202 43215', '614', 1),
  place('Chicago', 'IL', '60614 60625', '312', 1),
  place('Minneapolis', 'MN', '55406 55408', '612', 1),
  place('Austin', 'TX', '78704 78745', '512', 1),
  place('Denver', 'CO', '80206 80211', '303', 1),
  place('Phoenix', 'AZ', '85014 85016', '602', 1),
  place('Seattle', 'WA', '98103 98115', '206', 1),
  place('Sacramento', 'CA', '95816 95819', '916', 1),
  place('Bellows Falls', 'VT', '05101', '802', 1),
  place('Charlestown', 'NH', '03603', '603', 1),
  place('Island Pond', 'VT', '05846', '802', 1),
  place('Canaan', 'VT', '05903', '802', 1),
  place('Yellowstone National Park', 'WY', '82190', '307', 0.5),
  place('Ely', 'NV', '89301', '775', 1),
  place('Clayton', 'NM', '88415', '575', 0.5),
  place('Valentine', 'NE', '69201', '402', 1),
]

const STREETS =
  'Maple Oak Cedar Pine Elm Washington Lake Hill Park Spring Highland Franklin River Meadow Forest Union Prospect Church'.split(
    ' ',
  )
const SUFFIXES = ['Street', 'Avenue', 'Road', 'Lane', 'Drive', 'Court', 'Terrace']

export interface Home {
  readonly place: Place
  readonly address: JsonObject
}

export const livingAt = (prng: Prng, place: Place): Home => {
  const street = `${prng.int(2, 989)} ${prng.pick(STREETS)} ${prng.pick(SUFFIXES)}`
  const line = prng.chance(0.25) ? [street, `Apt ${prng.int(1, 48)}`] : [street]
  return {
    place,
    address: {
      use: 'home',
      line,
      city: place.city,
      state: place.state,
      postalCode: prng.pick(place.zips),
      country: 'US',
    },
  }
}

export const choosePlace = (prng: Prng): Place =>
  prng.weighted(PLACES.map((item) => [item, item.weight] as const))

/** From the range that the North American plan keeps for fiction: 555-0100 to 555-0199 reaches nobody. */
export const phoneNumber = (prng: Prng, areaCode: string): string =>
  `(${areaCode}) 555-01${String(prng.int(0, 99)).padStart(2, '0')}`
