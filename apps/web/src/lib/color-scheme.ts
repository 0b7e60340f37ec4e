/**
 * The colour scheme that the person has chosen, kept in local storage. What is painted before there is any
 * script is painted by the server's word, so it is told by a cookie: there is no inline script (the policy
 * forbids one) that could read it in time. The cookie holds one of two words, and follows local storage.
 */

export const COLOR_SCHEME_KEY = 'chartward-color-scheme'

/** Read in apps/api/src/http/console-page.ts. */
const COOKIE = '__Host-chartward-scheme'
const YEAR_S = 31_536_000

type Scheme = 'light' | 'dark'

/** The cookie that tells the server of `stored`, or takes back what it was told. */
export const schemeCookie = (stored: string | null): string => {
  const known = stored === 'light' || stored === 'dark'
  return `${COOKIE}=${known ? stored : ''}; Path=/; Secure; SameSite=Strict; Max-Age=${known ? YEAR_S : 0}`
}

/** To be called whenever the stored preference is another one. */
export const tellServer = (stored: string | null): void => {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser.
  document.cookie = schemeCookie(stored)
}

/** The scheme to paint with, from the stored preference and what the system prefers. */
export const resolveScheme = (stored: string | null, systemPrefersDark: boolean): Scheme => {
  if (stored === 'light' || stored === 'dark') return stored
  return systemPrefersDark ? 'dark' : 'light'
}

export const applyStoredScheme = (): void => {
  const systemPrefersDark = window.matchMedia('(prefers-color-scheme: dark)').matches
  const stored = window.localStorage.getItem(COLOR_SCHEME_KEY)
  const scheme = resolveScheme(stored, systemPrefersDark)
  tellServer(stored)
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme)
}
