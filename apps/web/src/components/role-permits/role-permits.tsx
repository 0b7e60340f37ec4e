import classes from './role-permits.module.css'
import { SeenTable } from './seen-table.tsx'
import { patientsOf, type Role } from './words.ts'

/** All that a role permits: what may be done with it, and how much is seen of patients' records. */
export const RolePermits = ({ role }: { role: Role }) => (
  <div className={classes.halves}>
    <section aria-label={`What a ${role.title.toLowerCase()} may do`}>
      <h3 className={classes.heading}>May do</h3>
      <ul className={classes.list}>
        {role.permits.map(({ what, patients, stepUp }) => (
          <li key={what}>
            {what}
            <span className={classes.quiet}>
              {patientsOf(patients)}
              {stepUp ? ' · asks for a code' : ''}
            </span>
          </li>
        ))}
      </ul>
    </section>
    <section aria-label={`What a ${role.title.toLowerCase()} sees of patients’ records`}>
      <h3 className={classes.heading}>Sees of patients’ records</h3>
      <SeenTable
        caption={`Fields that a ${role.title.toLowerCase()} sees, by class`}
        sees={role.sees}
        labels={role.labels}
      />
    </section>
  </div>
)
