import { writeDate } from './dates.ts'

/** Numbers, times and ids as people read them: the present moment comes in as an argument. */

const LOCALE = 'en-US'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const relative = new Intl.RelativeTimeFormat(LOCALE, { numeric: 'auto', style: 'long' })
const integer = new Intl.NumberFormat(LOCALE)

export const formatCount = (value: number): string => integer.format(value)

/** "1 patient", "2 patients". */
export const countOf = (value: number, one: string, many = `${one}s`): string =>
  `${formatCount(value)} ${value === 1 ? one : many}`

/** "3 minutes ago", "in 2 days"; a date beyond a month. An unreadable time comes back as it was. */
export const formatRelative = (iso: string, now: number, zone?: string): string => {
  const at = Date.parse(iso)
  if (Number.isNaN(at)) return iso
  const difference = at - now
  const size = Math.abs(difference)
  if (size < 45_000) return difference > 0 ? 'in a moment' : 'just now'
  if (size < HOUR) return relative.format(Math.trunc(difference / MINUTE) || Math.sign(difference), 'minute')
  if (size < DAY) return relative.format(Math.trunc(difference / HOUR), 'hour')
  if (size < 31 * DAY) return relative.format(Math.trunc(difference / DAY), 'day')
  return writeDate(at, 'day', zone)
}

/** Date and time to the second with the time zone. */
export const formatExact = (iso: string, zone?: string): string => {
  const at = Date.parse(iso)
  return Number.isNaN(at) ? iso : writeDate(at, 'exact', zone)
}

export const formatDay = (iso: string, zone?: string): string => {
  const at = Date.parse(iso)
  return Number.isNaN(at) ? iso : writeDate(at, 'day', zone)
}

/** Time left as "7:42:10" or "4:09"; never below zero. */
export const formatRemaining = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  const rest = String(seconds % 60).padStart(2, '0')
  return hours === 0 ? `${minutes}:${rest}` : `${hours}:${String(minutes).padStart(2, '0')}:${rest}`
}

/** Time left in words, for people who hear the page: "14 minutes", "40 seconds". */
export const spokenRemaining = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  return seconds < 60 ? countOf(seconds, 'second') : countOf(Math.floor(seconds / 60), 'minute')
}

/** The last eight characters of a UUIDv7: its random end, since two ids of one minute begin alike. */
export const shortId = (id: string): string => (id.length > 12 ? `…${id.slice(-8)}` : id)

/** The first and last characters of a hash. */
export const shortHash = (hash: string): string =>
  hash.length > 20 ? `${hash.slice(0, 10)}…${hash.slice(-6)}` : hash

const UNITS = ['B', 'KiB', 'MiB', 'GiB'] as const

export const formatBytes = (bytes: number): string => {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024
    unit++
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit] ?? 'B'}`
}

/** "valueCodeableConcept" -> "Value codeable concept"; "export.build-failed" -> "Export build failed". */
export const sentence = (name: string): string => {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/[._:-]+/g, ' ')
    .trim()
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The browser and system of a user agent string, for a list of sessions; the whole is shown on hover. */
export const deviceOf = (userAgent: string): string => {
  const browser = /Edg\//.test(userAgent)
    ? 'Edge'
    : /Firefox\//.test(userAgent)
      ? 'Firefox'
      : /Chrome\//.test(userAgent)
        ? 'Chrome'
        : /Safari\//.test(userAgent)
          ? 'Safari'
          : 'Another browser'
  const system = /Windows/.test(userAgent)
    ? 'Windows'
    : /iPhone|iPad/.test(userAgent)
      ? 'iOS'
      : /Android/.test(userAgent)
        ? 'Android'
        : /Mac/.test(userAgent)
          ? 'macOS'
          : /Linux/.test(userAgent)
            ? 'Linux'
            : null
  return system === null ? browser : `${browser} on ${system}`
}
