import { ZIP3_2020 } from './zip3-2020.ts'

/** 45 CFR 164.514(b)(2)(i)(B): an area of 20,000 people or fewer becomes 000. */
export const ZIP3_THRESHOLD = 20_000
const ZIP3_WITHHELD = '000'
export const ZIP3_SOURCE =
  'US Census Bureau, 2020 Census, DHC table P1 (P1_001N), ZCTA5 summed by first three digits'

/**
 * SHA-256 of the table written as one line `ZIP3 SP population LF` per area in order of ZIP3; named in each
 * manifest.
 */
export const ZIP3_TABLE_HASH = '06312d43f25f67668b9fa6c105845bdd680b69c75a3d63e19621cb76176ece72'

/** Population of each area, in order of ZIP3. */
export const ZIP3_POPULATIONS: ReadonlyMap<string, number> = new Map(
  ZIP3_2020.trim()
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 3), Number(entry.slice(4))] as const),
)

/**
 * The releasable part of a US ZIP Code (5 digits, or 5 + 4): its area where the 2020 Census counts more than
 * 20,000 people, `000` for a smaller area or one that the table does not know, null for what is no ZIP Code.
 */
export const zip3Of = (postalCode: string): string | null => {
  const match = /^(\d{3})\d{2}(?:[- ]?\d{4})?$/.exec(postalCode.trim())
  if (match === null || match[1] === undefined) return null
  return (ZIP3_POPULATIONS.get(match[1]) ?? 0) > ZIP3_THRESHOLD ? match[1] : ZIP3_WITHHELD
}
