/**
 * The invitation's token stands in the fragment, which browsers send to no server. It is read once and taken
 * out of the address bar and this history entry. Null where there is none.
 */
export const takeInvitationToken = (
  location: Pick<Location, 'hash' | 'pathname'>,
  history: Pick<History, 'replaceState'>,
): string | null => {
  const token = location.hash.slice(1)
  history.replaceState(null, '', location.pathname)
  return /^[A-Za-z0-9_-]{16,256}$/.test(token) ? token : null
}
