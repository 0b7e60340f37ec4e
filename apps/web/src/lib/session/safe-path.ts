/**
 * A path of this console to go on to after sign-in, or `/`: never another origin, never the sign-in page
 * itself.
 */
export const safePath = (wanted: string | null): string => {
  if (wanted === null || !/^\/(?![/\\])/.test(wanted)) return '/'
  const url = URL.canParse(wanted, 'http://console.invalid')
    ? new URL(wanted, 'http://console.invalid')
    : null
  if (url === null || url.origin !== 'http://console.invalid') return '/'
  if (['/sign-in', '/invitation', '/lost-factor'].includes(url.pathname)) return '/'
  return url.pathname + url.search
}
