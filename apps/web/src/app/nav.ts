/** The navigation, and what of it a set of permissions opens. Pure. */

export interface NavItem {
  readonly to: '/' | '/patients' | '/exports' | '/users' | '/approvals' | '/audit'
  readonly label: string
  /** One of these opens it. */
  readonly needs: readonly string[]
}

export const NAV: readonly NavItem[] = [
  { to: '/', label: 'Overview', needs: ['home:summary:read'] },
  { to: '/patients', label: 'Patients', needs: ['vault:patient:list', 'vault:patient:search'] },
  { to: '/exports', label: 'Exports', needs: ['export:request:list'] },
  { to: '/users', label: 'Users', needs: ['account:user:list'] },
  { to: '/approvals', label: 'Approvals', needs: ['access:approval:list'] },
  { to: '/audit', label: 'Audit log', needs: ['audit:entry:search'] },
]

/** An empty list of needs opens nothing: a page that forgets to say what it needs stays shut. */
export const opens = (needs: readonly string[], permissions: readonly string[]): boolean =>
  needs.some((need) => permissions.includes(need))

export const navFor = (permissions: readonly string[]): readonly NavItem[] =>
  NAV.filter(({ needs }) => opens(needs, permissions))
