import type { Page } from 'playwright-core'

/** An authenticator that Chromium plays: it is touched at once, and has made sure who its owner is. */
export interface VirtualAuthenticator {
  /** How many passkeys it holds. */
  count(): Promise<number>
  remove(): Promise<void>
}

/**
 * `usb`: a key that is asked for by a press of a button alone. `internal`: the device itself, whose passkeys
 * the browser offers among what it fills in; played, it is taken as soon as it is offered.
 */
export const addAuthenticator = async (
  page: Page,
  transport: 'usb' | 'internal',
): Promise<VirtualAuthenticator> => {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport,
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    count: async () => {
      const { credentials } = await session.send('WebAuthn.getCredentials', { authenticatorId })
      return credentials.length
    },
    remove: async () => {
      await session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })
    },
  }
}
