/**
 * What the server writes into each page it serves: the style nonce of this response, the mode and the time
 * zone.
 */

const meta = (name: string) => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)

/** Read through the property: browsers hide the attribute's text from scripts and selectors. */
export const styleNonce = (): string => meta('csp-nonce')?.nonce ?? ''

export const isDemo = (): boolean => meta('chartward-mode')?.content === 'demo'

/** The installation's time zone (IANA): everybody's days begin with its own, wherever they are. */
export const timeZone = (): string => meta('chartward-time-zone')?.content ?? 'UTC'
