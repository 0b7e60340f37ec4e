import { timeZone } from './page-meta.ts'

/**
 * The one place that writes dates and times: in English, as the rest of the page, and by the ways of the
 * person's region, by the installation's clocks unless a zone is named (docs/adr/060).
 */

const STYLES = {
  /** To the second, with the zone. */
  exact: { dateStyle: 'medium', timeStyle: 'long' },
  minute: { dateStyle: 'medium', timeStyle: 'short' },
  day: { dateStyle: 'medium' },
  month: { year: 'numeric', month: 'short' },
  /** Without the year, for an axis of few days. */
  hour: { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

/**
 * "en-DE-u-hc-h23" for "de-DE": the language of the page, the order of the region's dates, and the hours that
 * the person's own language counts. What is no language tag is taken for American English.
 */
export const localeFor = (language: string): string => {
  try {
    const { region = 'US' } = new Intl.Locale(language).maximize()
    const { hourCycle = 'h23' } = new Intl.DateTimeFormat(language, { hour: 'numeric' }).resolvedOptions()
    return `en-${region}-u-hc-${hourCycle}`
  } catch {
    return 'en-US'
  }
}

const made = new Map<string, Intl.DateTimeFormat>()

/** A moment (milliseconds) in words. `zone` is an IANA name. */
export const writeDate = (
  at: number,
  style: keyof typeof STYLES,
  zone = timeZone(),
  language: string = navigator.language,
): string => {
  const key = `${style} ${zone} ${language}`
  const format =
    made.get(key) ?? new Intl.DateTimeFormat(localeFor(language), { ...STYLES[style], timeZone: zone })
  made.set(key, format)
  return format.format(at)
}
