import { isDemo } from '../lib/page-meta.ts'
import classes from './demo-banner.module.css'

/** Loud on purpose: nobody may take this for a place where real patients can be put. */
export const DemoBanner = () =>
  isDemo() ? (
    <aside className={classes.banner} aria-label="Demo mode">
      <strong>Demo.</strong> Every patient here is made up. Never enter real health information.
    </aside>
  ) : null
