import { viewOf } from '../view.ts'

const two = (value: number): string => String(value).padStart(2, '0')

/**
 * A date in digits in every order, padded or not, with the century or without: what the rules for dates,
 * which see separators and names of months, don't know for a date.
 */
export const dateForms = (value: string): string[] => {
  const { text } = viewOf(value)
  const iso = /^(\d{4})-?(\d{2})-?(\d{2})(?:T|\s|$)/.exec(text.trim())
  const american = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim())
  const [year, month, day] =
    iso !== null
      ? [Number(iso[1]), Number(iso[2]), Number(iso[3])]
      : american !== null
        ? [Number(american[3]), Number(american[1]), Number(american[2])]
        : [0, 0, 0]
  if (year === 0) return [value]
  const orders = (years: string): string[] => [
    `${years}${two(month)}${two(day)}`,
    `${two(month)}${two(day)}${years}`,
    `${two(day)}${two(month)}${years}`,
    `${month}${day}${years}`,
    `${day}${month}${years}`,
  ]
  return [value, ...orders(String(year)), ...orders(two(year % 100))]
}
