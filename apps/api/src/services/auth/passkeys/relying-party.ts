import type { App } from '../../../app.ts'
import { isLoopback } from '../../../core/network.ts'

/** What the passkeys of an installation belong to (WebAuthn level 3, sections 5.1.2 and 13.4.9). */
export interface RelyingParty {
  /** The host name that people reach the console by. A passkey is of this name and signs for no other. */
  readonly id: string
  readonly name: string
  /** Whether a page of this origin is ours. */
  isOrigin(origin: string): boolean
}

/** By the public URL alone: nothing of it comes from a request. */
export const relyingParty = ({ settings }: Pick<App, 'settings'>): RelyingParty => {
  const { hostname, origin: own } = new URL(settings.publicUrl)
  return {
    id: hostname,
    name: 'Chartward',
    // On loopback the port is whichever was free, as for requests (http/same-origin.ts).
    isOrigin: (origin) => origin === own || (isLoopback(hostname) && isPageOf(origin, hostname)),
  }
}

const isPageOf = (origin: string, hostname: string): boolean =>
  URL.canParse(origin) && new URL(origin).origin === origin && new URL(origin).hostname === hostname
