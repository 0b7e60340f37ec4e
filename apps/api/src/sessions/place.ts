import { rangeOf } from '../core/network.ts'
import type { Origin } from './lucia-adapter.ts'

/** In this order: what comes later in it calls itself by the names of those before, too. */
const BROWSERS = [
  ['edge', /\bEdg(?:e|A|iOS)?\//],
  ['opera', /\b(?:OPR|OPT|OPiOS)\//],
  ['samsung', /\bSamsungBrowser\//],
  ['firefox', /\b(?:Firefox|FxiOS)\//],
  ['chrome', /\b(?:Chrome|CriOS|HeadlessChrome)\//],
  ['safari', /\bSafari\//],
] as const

/** The kind of a browser, whatever its version: one that is updated within a session stays what it is. */
const browserOf = (userAgent: string): string =>
  BROWSERS.find(([, pattern]) => pattern.test(userAgent))?.[0] ?? 'other'

/** Most networks that a session remembers: whoever goes through more is asked again for the oldest. */
const MOST = 200

/** From where a factor was given in a session: names of networks and of browsers, parted by spaces. */
export interface Places {
  readonly networks: string
  readonly browsers: string
}

const has = (names: string, name: string): boolean => names.split(' ').includes(name)

const withName = (names: string, name: string): string =>
  has(names, name) ? names : [...names.split(' ').filter(Boolean), name].slice(-MOST).join(' ')

const networkOf = ({ ip }: Origin): string => rangeOf(ip ?? '')
const kindOf = ({ userAgent }: Origin): string => browserOf(userAgent ?? '')

/** Whether a request comes from where no factor was given: another network, or another kind of browser. */
export const isElsewhere = (places: Places, from: Origin): boolean =>
  !has(places.networks, networkOf(from)) || !has(places.browsers, kindOf(from))

/** The same with one more place. */
export const withPlace = (places: Places, from: Origin): Places => ({
  networks: withName(places.networks, networkOf(from)),
  browsers: withName(places.browsers, kindOf(from)),
})

export const NO_PLACES: Places = { networks: '', browsers: '' }
