import { useRouterState } from '@tanstack/react-router'
import classes from './progress.module.css'

/** A thin line while the next page’s code is on its way; the style sheet shows it on slow links alone. */
export const Progress = () => {
  const pending = useRouterState({ select: ({ status }) => status === 'pending' })
  return pending ? <div className={classes.line} role="progressbar" aria-label="Loading the page" /> : null
}
