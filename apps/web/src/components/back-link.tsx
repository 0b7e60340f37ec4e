import { IconArrowLeft } from '@tabler/icons-react'
import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, Ref } from 'react'
import classes from './back-link.module.css'

const Anchor = ({
  children,
  ref,
  ...props
}: AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> }) => (
  <a {...props} ref={ref} className={classes.back}>
    <IconArrowLeft size={14} aria-hidden="true" />
    {children}
  </a>
)

/** To the list that a page belongs to. */
export const BackLink = createLink(Anchor)
