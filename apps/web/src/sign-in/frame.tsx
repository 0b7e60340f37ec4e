import type { ReactNode } from 'react'
import { DemoBanner } from '../components/demo-banner.tsx'
import { Mark } from '../components/mark.tsx'
import classes from './sign-in.module.css'

export const Frame = ({ children }: { children: ReactNode }) => (
  <div className={classes.page}>
    <DemoBanner />
    <div className={classes.centre}>
      <header className={classes.brand}>
        <Mark size={34} />
        <span>Chartward</span>
      </header>
      <main className={classes.card}>{children}</main>
      <footer className={classes.foot}>
        Everything done here, sign-in included, is written to an audit log that can’t be rewritten unseen.
      </footer>
    </div>
  </div>
)
