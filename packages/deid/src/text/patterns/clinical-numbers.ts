import type { ClaimedText } from '../claimed-text.ts'

const UNIT =
  '(?:mg|mcg|ug|μg|kg|g|gm|gms|grams?|ng|pg|lbs?|pounds?|oz|ounces?|ml|mls|cc|dl|fl|l|liters?|litres?|mmol|umol|μmol|nmol|pmol|mol|meq|mosm|iu|miu|units?|u|mu|mmhg|mm|cm|km|bpm|beats|breaths|rpm|hz|khz|mhz|kcal|kcals|cal|cals|calories|kj|joules|gy|cgy|rads?|mci|msv|kpa|copies|cells|steps|%|°c|°f|°|degrees|tablets?|tabs?|capsules?|caps|pills?|puffs?|drops?|gtts?|sprays?|patch(?:es)?|vials?|ampules?|doses?|bottles?|teaspoons?|tsp|tablespoons?|tbsp|gauge|ga|packs?|pack-years?|pack years?|ppd|hours?|hrs?|hr|minutes?|mins?|min|seconds?|secs?|months?|mos|weeks?|wks?|days?|times|x/(?:day|week)|per (?:min|minute|hour|day|week))'

/** Numbers with a unit: `5 mg`, `2,000 mL`, `10-20 units`, `120/80 mmHg`, `38.5 °C`. Not `79 years old`. */
const MEASURED = new RegExp(
  `(?<![\\p{L}\\p{N}/])[<>=~]{0,2}\\d[\\d.,]{0,12}(?: {0,1}(?:-|to|/|x) {0,1}\\d[\\d.,]{0,12}){0,3} {0,2}-?${UNIT}(?:/[\\p{L}\\d]{1,8}){0,3}(?![\\p{L}\\p{N}])(?!-old| old| of age)`,
  'giu',
)

/** Sizes of catheters: `16 French`. */
const FRENCH = /(?<![\p{L}\p{N}.])\d{1,2}(?:\.\d)? ?-?(?:french|fr)(?![\p{L}\p{N}])/giu

/** Codes of clinical terminologies, which say what and not who. */
const CODED =
  /(?<![\p{L}\p{N}])(?:icd(?:-?(?:9|10|11))?(?:-?(?:cm|pcs))?|cpt|hcpcs|loinc|snomed(?:[ -]?ct)?|rxnorm|rxcui|ndc|cvx|drg|atc|unii|ucum)(?: ?(?:codes?|no\.?|#))?(?: ?[:=] ?| )[A-Z\d][A-Z\d.-]{0,17}(?:(?:, ?| and )[A-Z]?\d[A-Z\d.-]{1,17}){0,8}/giu
/** ICD-10 with its point, E11.9; LOINC, 4548-4. */
const ICD10 = /(?<![\p{L}\p{N}.-])[A-TV-Z]\d[\dAB]\.[\dA-Z]{1,4}(?![\p{L}\p{N}-])/gu
const LOINC = /(?<![\p{L}\p{N}.-])\d{3,5}-\d(?![\p{L}\p{N}-])/gu

/**
 * What a count, a pressure or a titer is told by. The number after it is a value, never a year or a clock.
 */
const NAMED =
  /(?<![\p{L}\p{N}])(?:wbc|rbc|hgb|hb|hct|plts?|platelets?|bnp|nt-?probnp|ck|cpk|ldh|alt|ast|ferritin|triglycerides?|tg|ldl|hdl|cholesterol|glucose|bg|fsbg|creatinine|cr|bun|d-?dimer|troponin|trop|psa|tsh|b12|cd4|viral load|titers?|ana|anc|rpr|hcg|crp|esr|lipase|amylase|afp|cea|ca ?125|map|bp|b\/p|blood pressure|hr|pulse|rr|sbp|dbp|spo2|sao2|o2 sats?|sats?|fio2|tv|peep|ef|lvef|gcs|dose|dosed|count|level|urine output|uop|output|intake|ebl|i\/o|rate|ratio|dilution|weight|wt|height|ht|bmi)(?: (?:was|is|of|at|to|now|level|count|today|on admission)){0,2}(?: ?[:=~<>]{1,2} ?| )(?:of )?[<>~]?\d[\d.,:/]{0,12}(?![\p{L}\p{N}])/giu

/**
 * Keeps measured values, doses and codes of terminologies from the rules that look for dates, telephones and
 * numbers.
 */
export const protectClinicalNumbers = ({ text, claims }: ClaimedText): void => {
  for (const pattern of [MEASURED, FRENCH, CODED, ICD10, LOINC, NAMED])
    for (const match of text.matchAll(pattern)) claims.protect(match.index, match.index + match[0].length)
}
