import { isObject, type Json, objectsIn, textOf } from './json.ts'
import { numberText } from './numbers.ts'
import { componentText, valueText } from './observed.ts'
import { plainWords } from './plain.ts'
import { quantityUnit } from './text.ts'

/** What people call the vital signs of https://hl7.org/fhir/R4/observation-vitalsigns.html, by LOINC code. */
const NAMES: Readonly<Record<string, string>> = {
  '85354-9': 'Blood pressure',
  '55284-4': 'Blood pressure',
  '8480-6': 'Systolic blood pressure',
  '8462-4': 'Diastolic blood pressure',
  '8867-4': 'Heart rate',
  '9279-1': 'Breathing rate',
  '8310-5': 'Temperature',
  '59408-5': 'Oxygen saturation',
  '2708-6': 'Oxygen saturation',
  '29463-7': 'Weight',
  '8302-2': 'Height',
  '39156-5': 'Body mass index',
  '9843-4': 'Head circumference',
}

const loincOf = (concept: unknown): string | null =>
  textOf(
    objectsIn(isObject(concept) ? concept.coding : null).find(({ system }) => system === 'http://loinc.org')
      ?.code,
  )

/** The name of a vital sign, or null for what is none. */
export const vitalName = (code: unknown): string | null => {
  const loinc = loincOf(code)
  return loinc === null ? null : (NAMES[loinc] ?? null)
}

/** "108/75 mmHg" of a systolic and a diastolic part in one unit and nothing else; null otherwise. */
const pressureText = (component: unknown): string | null => {
  const parts = objectsIn(component)
  const partOf = (loinc: string): Json | undefined => {
    const quantity = parts.find(({ code }) => loincOf(code) === loinc)?.valueQuantity
    return isObject(quantity) && quantity.comparator === undefined ? quantity : undefined
  }
  const [high, low] = [partOf('8480-6'), partOf('8462-4')]
  if (parts.length !== 2 || high === undefined || low === undefined) return null
  const [above, below] = [numberText(high.value), numberText(low.value)]
  const unit = quantityUnit(high)
  if (above === null || below === null || unit === null || unit !== quantityUnit(low)) return null
  return `${above}/${below} ${unit}`
}

/** What the kind of a trend is called: a vital sign as people call it, else by the words that were sent. */
export const kindName = (kind: string, title: string): string => {
  const [system, code = ''] = kind.split('|')
  return (system === 'http://loinc.org' ? NAMES[code] : undefined) ?? plainWords(title)
}

/** What was measured, in one line: a blood pressure as people write it. */
export const vitalText = (values: Json): string | null =>
  valueText(values) ?? pressureText(values.component) ?? componentText(values.component)
