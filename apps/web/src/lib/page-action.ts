import type { Permission } from '@chartward/policy'

/**
 * Something that a person does on a page, as the page's feature declares it: the page's own button and the
 * command palette both ask for `needs` here.
 */
export interface PageAction {
  readonly label: string
  readonly needs: Permission
  /** The page with what opens it: a path and search parameters that the page takes. */
  readonly href: `/${string}`
}
