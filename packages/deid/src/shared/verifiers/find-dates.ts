const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\\.?'
const YEAR = '(?:1[89]|20|21)\\d\\d'

const WRITTEN: readonly RegExp[] = [
  // 2019-05-06, 2019/5/6, 2019-05-06T…, and the year and month alone: 2019-05
  new RegExp(`(?<!\\d)${YEAR}([-/.])(?:0?[1-9]|1[0-2])\\1(?:0?[1-9]|[12]\\d|3[01])(?!\\d)`),
  new RegExp(`(?<![\\d-])${YEAR}-(?:0[1-9]|1[0-2])(?![\\d-])`),
  // 5/6/2019, 06.05.2019, 5-6-2019
  new RegExp(`(?<!\\d)(?:0?[1-9]|[12]\\d|3[01])([-/.])(?:0?[1-9]|[12]\\d|3[01])\\1${YEAR}(?!\\d)`),
  // May 6, 2019; 6 May 2019; 06-May-2019; May 2019
  new RegExp(`\\b${MONTH}[ ,.-]{0,8}(?:\\d{1,2}(?:st|nd|rd|th)?)?[ ,.-]{0,8}${YEAR}(?!\\d)`, 'i'),
]

/** True where a text holds a date that is more exact than a year. */
export const findDates = (text: string): boolean => WRITTEN.some((pattern) => pattern.test(text))
