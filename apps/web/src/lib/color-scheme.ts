/**
 * Sets the colour scheme before the first paint. There is no inline script (the policy forbids one), so each
 * entry begins with it. The preference is the one thing kept in local storage that comes from the person.
 */

export const COLOR_SCHEME_KEY = 'chartward-color-scheme'

type Scheme = 'light' | 'dark'

/** The scheme to paint with, from the stored preference and what the system prefers. */
export const resolveScheme = (stored: string | null, systemPrefersDark: boolean): Scheme => {
  if (stored === 'light' || stored === 'dark') return stored
  return systemPrefersDark ? 'dark' : 'light'
}

export const applyStoredScheme = (): void => {
  const systemPrefersDark = window.matchMedia('(prefers-color-scheme: dark)').matches
  const scheme = resolveScheme(window.localStorage.getItem(COLOR_SCHEME_KEY), systemPrefersDark)
  document.documentElement.setAttribute('data-mantine-color-scheme', scheme)
}
