import { isDemo } from '../lib/page-meta.ts'
import classes from './demo-banner.module.css'

/** Loud on purpose: nobody may take this for a place where real patients can be put. */
export const DemoBanner = () =>
  isDemo() ? (
    <div className={classes.banner} role="note">
      <strong>Demo.</strong> Every patient here is made up. Never enter real health information.
    </div>
  ) : null
