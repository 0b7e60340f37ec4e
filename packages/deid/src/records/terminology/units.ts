export const UCUM = 'http://unitsofmeasure.org'

const words = (text: string): readonly string[] => text.split(/\s+/).filter(Boolean)

/** UCUM unit atoms in clinical use that take a prefix (https://ucum.org/ucum, tables 1 to 3). */
const METRIC = new Set(
  words(
    "g m s L l mol cd K Pa J W A V F Ohm S T Hz N C eq osm U [iU] [IU] kat Cel bar cal Bq Gy Sv Ci B m[Hg] m[H2O] [arb'U]",
  ),
)
/** Atoms without a prefix; `10*` and `10^` are the powers of ten. */
const PLAIN = new Set(
  words(`min h d wk mo a a_j a_t a_g mo_j mo_s mo_g % [pH] [degF] [lb_av] [oz_av] [in_i] [ft_i] [cup_us] [foz_us]
    [tsp_us] [tbs_us] [drp] [ppm] [ppb] [ppth] [hpf] [lpf] deg [diop] [CFU] [PFU] 10* 10^ 1 10 12 24 48 100 1000`),
)
const PREFIXES = words('da Y Z E P T G M k h d c m u n p f a z y')

/** An annotation in braces is free text to UCUM, so only these are let through. */
export const ANNOTATIONS: ReadonlySet<string> = new Set(
  words(`{score} {T-score} {Z-score} {count} {number} {#} {1.73_m2} {beats} {breaths} {cells} {copies} {RBC} {WBC}
    {INR} {ratio} {index} {titer} {MoM} {CFU} {puff} {spray} {drop} {tbl} {tablet} {capsule} {dose} {events}
    {drinks} {percentile}`),
)

/** Common spellings that are not UCUM. */
const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ...words('year years yr yrs').map((word) => [word, 'a'] as const),
  ...words('month months mos').map((word) => [word, 'mo'] as const),
  ...words('week weeks wks').map((word) => [word, 'wk'] as const),
  ...words('day days').map((word) => [word, 'd'] as const),
  ...words('hour hours hr hrs').map((word) => [word, 'h'] as const),
  ...words('lb lbs').map((word) => [word, '[lb_av]'] as const),
  ...words('in inch inches').map((word) => [word, '[in_i]'] as const),
  ['mmHg', 'mm[Hg]'],
  ['(score)', '{score}'],
  ['bpm', '{beats}/min'],
])

const isSymbol = (symbol: string): boolean =>
  METRIC.has(symbol) ||
  PLAIN.has(symbol) ||
  PREFIXES.some((prefix) => symbol.startsWith(prefix) && METRIC.has(symbol.slice(prefix.length)))

/** One factor: a symbol with an exponent of one digit (two for a power of ten) and perhaps an annotation. */
const isFactor = (factor: string): boolean => {
  const brace = factor.indexOf('{')
  const bare = brace < 0 ? factor : factor.slice(0, brace)
  if (brace >= 0 && !ANNOTATIONS.has(factor.slice(brace))) return false
  if (bare === '') return brace >= 0
  if (isSymbol(bare)) return true
  const power = /^(10[*^]|.*[^\d+-])([+-]?\d{1,2})$/.exec(bare)
  if (power === null || power[1] === undefined || power[2] === undefined) return false
  return isSymbol(power[1]) && (power[1].startsWith('10') || /^[+-]?\d$/.test(power[2]))
}

/** Splits at the operators that stand outside braces: `mL/min/{1.73_m2}` has three factors. */
const factorsOf = (unit: string): readonly string[] =>
  (unit.startsWith('/') ? unit.slice(1) : unit).split(/[./](?![^{]*\})/)

/** True for a UCUM code made of known atoms, with at most six factors and no annotation of its own making. */
const isUcum = (unit: string): boolean => {
  if (unit.length === 0 || unit.length > 40) return false
  const factors = factorsOf(unit)
  return factors.length <= 6 && factors.every(isFactor)
}

/** The UCUM code of a unit as written, or null where it is none that is known. */
export const knownUnit = (written: string): string | null => {
  const unit = SPELLINGS.get(written.trim()) ?? SPELLINGS.get(written.trim().toLowerCase()) ?? written.trim()
  return isUcum(unit) ? unit : null
}

/**
 * ISO 4217 codes of money in use; the five most traded beside the dollar suffice for claims in the United
 * States.
 */
export const CURRENCIES: ReadonlySet<string> = new Set(words('USD CAD MXN EUR GBP JPY CHF AUD'))
