import { dayNumberOf, dayText } from '../table/calendar.ts'
import { type Apply, badValue, type TransformContext } from './context.ts'
import { drawBelow, exportKey } from './export-key.ts'

const TIME =
  /^(?:[T ](?:[01]\d|2[0-3]):[0-5]\d(?::(?:[0-5]\d|60)(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)?)?$/
const DAY_LENGTH = 10

/**
 * Dates (YYYY-MM-DD, a time of day after it is kept) moved by the patient's offset: a whole number of days
 * from -days to -1 or 1 to days, each as likely, by HMAC-SHA-256 of the patient under a key of this export.
 * All columns share it, so what lies between two dates of a patient stays true. Throws `bad-value` for what
 * is no date and for a date that leaves the years 1 to 9999.
 */
export const dateShift = (days: number, context: TransformContext): Apply => {
  const key = exportKey('date-shift', context, null)
  const offsetOf = (patient: string): number => {
    const drawn = drawBelow(key, 2 * days, [patient])
    return drawn < days ? drawn - days : drawn - days + 1
  }
  // Rows of one patient mostly follow one another.
  let last: { readonly patient: string; readonly offset: number } | null = null
  return (value, patient) => {
    const day = dayNumberOf(value.slice(0, DAY_LENGTH))
    const time = value.slice(DAY_LENGTH)
    if (day === null || !TIME.test(time))
      throw badValue(context.column, 'a date (YYYY-MM-DD), as date-shift needs it')
    if (last?.patient !== patient) last = { patient, offset: offsetOf(patient) }
    const shifted = dayText(day + last.offset)
    if (shifted === null) throw badValue(context.column, 'a date that stays in the years 1 to 9999')
    return `${shifted}${time}`
  }
}
