import { useQuery } from '@tanstack/react-query'
import { BackLink } from '../../components/back-link.tsx'
import { Loaded } from '../../components/loaded.tsx'
import { PageHeader } from '../../components/page-header.tsx'
import { Panel } from '../../components/panel.tsx'
import { StatusTag } from '../../components/status-tag.tsx'
import { type Outputs, trpc } from '../../lib/trpc.ts'
import classes from './roles.module.css'
import { SeenTable } from './seen-table.tsx'
import { patientsOf, type Role } from './words.ts'

/** What each role permits, as the policy decides it: for whoever gives roles, and whoever reviews them. */
export const RolesPage = () => {
  const answer = useQuery({ ...trpc.users.roles.queryOptions(), staleTime: Number.POSITIVE_INFINITY })
  return (
    <>
      <BackLink to="/users">All users</BackLink>
      <PageHeader
        title="What roles permit"
        windowTitle="Roles"
        lead="The most that somebody with the role may do and see. What is not listed is refused."
      />
      <Loaded answer={answer} height={600}>
        {(roles: Outputs['users']['roles']) => (
          <div className={classes.stack}>
            {roles.map((role) => (
              <RolePanel key={role.name} role={role} />
            ))}
          </div>
        )}
      </Loaded>
    </>
  )
}

const RolePanel = ({ role }: { role: Role }) => (
  <Panel
    title={role.title}
    aside={role.privileged ? <StatusTag tone="warn">Takes a second person</StatusTag> : undefined}
  >
    <p className={classes.lead}>{role.description}</p>
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
        <SeenTable role={role} />
      </section>
    </div>
  </Panel>
)
